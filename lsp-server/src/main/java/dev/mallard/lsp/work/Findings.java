package dev.mallard.lsp.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out of definitions: explanations and transcripts, the last of each. May be used by
 * several threads.
 */
public final class Findings {
  private static final int MOST = 200;

  private record Key(String uri, String name) {}

  /**
   * An explanation of a definition.
   *
   * @param text of the definition that it is of
   * @param whole all that the model said
   * @param lines by line of the definition, from 0: what was said of that line
   */
  public record Explanation(String text, String whole, Map<Integer, String> lines) {
    public Explanation {
      lines = Map.copyOf(lines);
    }
  }

  private final Map<Key, Explanation> explanations = bounded();
  private final Map<Key, TranscriptText> transcripts = bounded();

  private static <V> Map<Key, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
        return size() > MOST;
      }
    };
  }

  synchronized void explained(String uri, String name, Explanation explanation) {
    explanations.put(new Key(uri, name), explanation);
  }

  /** The last explanation of a definition, if that is still what was explained. */
  public synchronized Optional<Explanation> explanation(String uri, String name, String text) {
    return Optional.ofNullable(explanations.get(new Key(uri, name)))
        .filter(explanation -> explanation.text().equals(text));
  }

  /** Whether anything of a document was explained. */
  public synchronized boolean hasExplanations(String uri) {
    return explanations.keySet().stream().anyMatch(key -> key.uri().equals(uri));
  }

  synchronized void searched(String uri, String name, TranscriptText transcript) {
    transcripts.remove(new Key(uri, name));
    transcripts.put(new Key(uri, name), transcript);
  }

  /**
   * The transcript of a definition's last search, or, without a name, of the last of a document.
   */
  synchronized Optional<TranscriptText> transcript(String uri, Optional<String> name) {
    List<Map.Entry<Key, TranscriptText>> entries = new ArrayList<>(transcripts.entrySet());
    return entries.reversed().stream()
        .filter(entry -> entry.getKey().uri().equals(uri))
        .filter(entry -> name.isEmpty() || entry.getKey().name().equals(name.get()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether there is a transcript of a definition. */
  public boolean hasTranscript(String uri, String name) {
    return transcript(uri, Optional.of(name)).isPresent();
  }
}
