package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The languages that problems may be stated in: those that come with Mallard, and the user's. */
public final class Languages {
  /** Those that come with Mallard. */
  public static final Languages BUILT_IN =
      new Languages(List.of(Language.PYTHON, Language.JAVA, Language.JAVASCRIPT));

  private final List<Language> all;

  private Languages(List<Language> all) {
    this.all = List.copyOf(all);
  }

  /**
   * These and those of folders; see {@link LanguageDirectory}.
   *
   * @throws UserException if a folder describes no language, or two languages share a label or the
   *     ending of their files' names; an ending of a built-in language may be taken
   */
  public Languages with(List<Path> folders) {
    List<Language> languages = new ArrayList<>(all);
    for (Path folder : folders) {
      Language language = LanguageDirectory.read(folder);
      refuseShared(folder, "label", language, languages, Language::labels);
      List<Language> others = languages.subList(all.size(), languages.size());
      refuseShared(folder, "extension", language, others, Language::extensions);
      languages.add(language);
    }
    return new Languages(languages);
  }

  private static void refuseShared(
      Path folder,
      String what,
      Language language,
      List<Language> others,
      Function<Language, List<String>> names) {
    for (Language other : others) {
      for (String name : names.apply(language)) {
        if (names.apply(other).contains(name)) {
          throw new UserException(
              "%s: the %s \"%s\" is %s's: give the language another."
                  .formatted(folder, what, name, other.displayName()));
        }
      }
    }
  }

  /** The language that a fenced code block names, in any case: {@code python}, {@code py}. */
  public Optional<Language> byLabel(String label) {
    return last(label, Language::labels);
  }

  /** The language that the ending of a file's name tells, in any case. */
  public Optional<Language> byExtension(Path file) {
    String name = file.getFileName().toString();
    return last(name.substring(name.lastIndexOf('.') + 1), Language::extensions);
  }

  private Optional<Language> last(String name, Function<Language, List<String>> names) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return all.reversed().stream()
        .filter(language -> names.apply(language).contains(wanted))
        .findFirst();
  }

  /** What the languages are called in fenced code blocks, as a list for people. */
  String known() {
    return all.stream().map(Language::label).collect(Collectors.joining(", "));
  }
}
