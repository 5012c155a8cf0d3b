package dev.mallard.lsp.work;

import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.splice.Replacement;
import java.util.List;

/** What the work asks of the editor. Each call waits for its answer. */
public interface Editor {

  /** A change of a document that the user may accept or refuse. */
  record Proposal(TextDocument document, String label, List<Replacement> replacements) {
    public Proposal {
      replacements = List.copyOf(replacements);
    }
  }

  /** How an edit was received. */
  enum Answer {
    APPLIED,
    /** The editor did not apply it, perhaps since the user refused it. */
    REFUSED,
    /** The editor cannot apply edits. */
    UNABLE
  }

  /** Proposes a change of an open document, of just the version that it was made for. */
  Answer propose(Proposal proposal) throws InterruptedException;

  /**
   * Proposes a new file.
   *
   * @param uri of the file, which is not there yet
   */
  Answer proposeFile(String uri, String label, String text) throws InterruptedException;

  /**
   * Shows a text in Markdown.
   *
   * @param name of it, as a part of a file's name
   */
  void show(String name, String markdown) throws InterruptedException;

  /** Tells the user something in a sentence. */
  void tell(String message);

  /** Tells the user what went wrong, and what to do. */
  void warn(String message);

  /**
   * Asks the user to choose.
   *
   * @return whether that was chosen
   */
  boolean offer(String question, String choice) throws InterruptedException;
}
