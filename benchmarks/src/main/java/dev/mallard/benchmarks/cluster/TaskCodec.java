package dev.mallard.benchmarks.cluster;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.google.re2j.Pattern;
import dev.mallard.benchmarks.dataset.Task;
import dev.mallard.benchmarks.evaluation.RunJson;
import dev.mallard.generator.problem.Comments;
import dev.mallard.generator.problem.Language;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.DataValue;
import dev.mallard.sandbox.TestSuite;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Tasks as text that another machine with the same version of Mallard reads. All of a task travels,
 * so that the other machine needs no data set. A language that comes with Mallard is named by its
 * label; one of the user's own travels with its grammar, and its folder must be at the same path
 * there.
 */
public final class TaskCodec {
  /** Maps tasks and the records of runs. */
  static final JsonMapper MAPPER =
      RunJson.MAPPER
          .rebuild()
          .changeDefaultVisibility(
              visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .addMixIn(Task.class, Tagged.class)
          .addMixIn(TestSuite.class, Tagged.class)
          .addMixIn(TestSuite.Expected.class, Tagged.class)
          .addMixIn(DataValue.class, Tagged.class)
          .registerSubtypes(Task.class.getPermittedSubclasses())
          .registerSubtypes(TestSuite.class.getPermittedSubclasses())
          .registerSubtypes(TestSuite.Expected.class.getPermittedSubclasses())
          .registerSubtypes(DataValue.class.getPermittedSubclasses())
          .addModule(
              new SimpleModule()
                  .addSerializer(Language.class, new LanguageWriter())
                  .addDeserializer(Language.class, new LanguageReader())
                  .addSerializer(Pattern.class, new PatternWriter())
                  .addDeserializer(Pattern.class, new PatternReader()))
          .build();

  private static final List<Language> BUILT_IN =
      List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT, Language.SQL);

  /** The kind of a record stands beside its fields. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Tagged {}

  /** A language that does not come with Mallard. */
  private record OwnLanguage(
      String displayName,
      List<String> labels,
      List<String> extensions,
      Comments comments,
      Optional<GrammarSource> grammar,
      CommandLanguage command) {}

  private record PatternText(String pattern, int flags) {}

  private TaskCodec() {}

  /** A task on one line, without its end. */
  public static String encode(Task task) {
    return MAPPER.writerFor(Task.class).writeValueAsString(task);
  }

  /**
   * The task of a line.
   *
   * @throws IllegalArgumentException if {@link #encode} never wrote it
   */
  public static Task decode(String line) {
    try {
      return MAPPER.readValue(line, Task.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no task: " + e.getOriginalMessage(), e);
    }
  }

  private static final class LanguageWriter extends ValueSerializer<Language> {
    @Override
    public void serialize(Language language, JsonGenerator out, SerializationContext context) {
      if (BUILT_IN.contains(language)) {
        out.writeString(language.label());
      } else if (language.guestLanguage() instanceof CommandLanguage command) {
        context.writeValue(
            out,
            new OwnLanguage(
                language.displayName(),
                language.labels(),
                language.extensions(),
                language.comments(),
                language.grammar(),
                command));
      } else {
        throw new IllegalArgumentException("a language that no command runs: " + language.label());
      }
    }
  }

  private static final class LanguageReader extends ValueDeserializer<Language> {
    @Override
    public Language deserialize(JsonParser in, DeserializationContext context) {
      if (in.hasToken(JsonToken.VALUE_STRING)) {
        String label = in.getString();
        return BUILT_IN.stream()
            .filter(language -> language.label().equals(label))
            .findFirst()
            .orElseGet(() ->
                context.reportInputMismatch(Language.class, "there is no language %s", label));
      }
      OwnLanguage own = context.readValue(in, OwnLanguage.class);
      return new Language(
          own.displayName(),
          own.labels(),
          own.extensions(),
          own.comments(),
          own.grammar(),
          own.command());
    }
  }

  private static final class PatternWriter extends ValueSerializer<Pattern> {
    @Override
    public void serialize(Pattern pattern, JsonGenerator out, SerializationContext context) {
      context.writeValue(out, new PatternText(pattern.pattern(), pattern.flags()));
    }
  }

  private static final class PatternReader extends ValueDeserializer<Pattern> {
    @Override
    public Pattern deserialize(JsonParser in, DeserializationContext context) {
      PatternText text = context.readValue(in, PatternText.class);
      return Pattern.compile(text.pattern(), text.flags());
    }
  }
}
