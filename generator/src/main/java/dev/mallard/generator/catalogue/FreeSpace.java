package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says how much can still be written. */
@FunctionalInterface
interface FreeSpace {
  FreeSpace OF_DISK = folder -> Files.getFileStore(folder).getUsableSpace();

  /** Bytes that this user can still write in a folder that exists. */
  long usableBytes(Path folder) throws IOException;
}
