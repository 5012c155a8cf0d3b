package dev.mallard.lsp.source;

import java.nio.file.Path;
import java.util.List;

/** Reads source texts of one language. May be used by several threads. */
public interface SourceReader {

  /** What a text holds; of one that does not parse, what can be told. */
  Outline read(String text);

  /** Whether a text is a program, as far as a parser that forgives much can tell. */
  boolean parses(String text);

  /**
   * The tests of a file of tests.
   *
   * @param program the name of the file that has the program, which the tests need not import
   */
  List<SourceTest> readTests(String text, String program);

  /**
   * Where the tests of a source file may be, by convention, the likeliest first. Whether there are
   * such files is not looked at.
   */
  List<Path> testFiles(Path source);
}
