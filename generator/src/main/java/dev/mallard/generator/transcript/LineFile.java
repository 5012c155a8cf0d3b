package dev.mallard.generator.transcript;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that whole lines are appended to. It is no channel: those close when their thread is
 * interrupted, and a search that is stopped has more to tell.
 */
interface LineFile extends AutoCloseable {
  /** Appends bytes with one write; when that fails some of them may be there. */
  void append(byte[] bytes) throws IOException;

  /** Cuts the file to so many bytes. */
  void cut(long length) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens an empty file, which may have been there. */
  static LineFile open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.setLength(0);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new LineFile() {
      @Override
      public void append(byte[] bytes) throws IOException {
        file.write(bytes);
      }

      @Override
      public void cut(long length) throws IOException {
        file.setLength(length);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
