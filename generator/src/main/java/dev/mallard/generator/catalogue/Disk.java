package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where downloads are written, which may be full. */
@FunctionalInterface
interface Disk {
  Disk REAL = folder -> Files.getFileStore(folder).getUsableSpace();

  /** Bytes that this user can still write in a folder that exists. */
  long usableBytes(Path folder) throws IOException;

  /** Writes all that remains in a buffer. */
  default void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
