package dev.mallard.lsp.source;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of source files. */
final class FileNames {
  private FileNames() {}

  /** The name of a file without folders and without its last ending. */
  static String base(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The same of a path. */
  static String base(Path file) {
    return file.getFileName() == null ? "" : base(file.getFileName().toString());
  }

  /** Files beside a file, or in folders beside it. */
  static List<Path> beside(Path source, Stream<String> names) {
    return names.map(name -> source.resolveSibling(name).normalize()).toList();
  }
}
