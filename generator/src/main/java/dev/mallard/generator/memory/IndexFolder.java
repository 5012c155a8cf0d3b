package dev.mallard.generator.memory;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * A folder with an index of Lucene that is Mallard's. What is written becomes visible in one commit
 * or not at all; nothing is held open between the calls, so that several processes can take turns.
 */
final class IndexFolder implements AutoCloseable {
  /** What this version writes; it is raised when older versions would misread what is written. */
  static final int SCHEMA = 1;

  private static final String SCHEMA_KEY = "mallard.memory.schema";
  private static final Duration POLL = Duration.ofMillis(20);

  private final String place;
  private final Directory directory;
  private final Duration patience;

  /**
   * Uses an index, which may not be there yet.
   *
   * @param place what the user knows it as
   * @param patience how long to wait for others that write
   */
  IndexFolder(String place, Directory directory, Duration patience) {
    this.place = place;
    this.directory = directory;
    this.patience = patience;
  }

  /** A folder to write to, made if it is not there. */
  static IndexFolder writable(Path folder, Duration patience) {
    try {
      Files.createDirectories(folder);
    } catch (AccessDeniedException e) {
      throw new UserException(StoreFailure.notAllowed(folder.toString()), e);
    } catch (IOException e) {
      throw new UserException(
          "The folder %s for the memory cannot be made: name another.".formatted(folder), e);
    }
    if (!Files.isWritable(folder)) {
      throw new UserException(StoreFailure.notAllowed(folder.toString()));
    }
    return existing(folder, patience);
  }

  /** A folder to read; where there is none, nothing is remembered. */
  static IndexFolder readable(Path folder) {
    if (Files.notExists(folder)) {
      return new IndexFolder(folder.toString(), new ByteBuffersDirectory(), Duration.ZERO);
    }
    return existing(folder, Duration.ZERO);
  }

  private static IndexFolder existing(Path folder, Duration patience) {
    String place = folder.toString();
    if (!Files.isDirectory(folder)) {
      throw new UserException(StoreFailure.noStore(place));
    }
    try {
      Directory directory = FSDirectory.open(folder);
      try {
        if (!DirectoryReader.indexExists(directory) && !holdsOnlyRemains(folder)) {
          throw new UserException(StoreFailure.noStore(place));
        }
        IndexFolder index = new IndexFolder(place, directory, patience);
        index.checkSchema();
        return index;
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw StoreFailure.of(place, e);
    }
  }

  /** Whether all that is there is what a first commit leaves that was never ended. */
  private static boolean holdsOnlyRemains(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).allMatch(IndexFolder::isOfLucene);
    }
  }

  private static boolean isOfLucene(String name) {
    return name.equals(IndexWriter.WRITE_LOCK_NAME)
        || name.startsWith(IndexFileNames.PENDING_SEGMENTS)
        || IndexFileNames.CODEC_FILE_PATTERN.matcher(name).matches();
  }

  private void checkSchema() throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return;
    }
    String schema = SegmentInfos.readLatestCommit(directory).getUserData().get(SCHEMA_KEY);
    if (schema == null || !schema.matches("\\d{1,9}")) {
      throw new UserException(StoreFailure.noStore(place));
    }
    if (Integer.parseInt(schema) > SCHEMA) {
      throw new UserException(StoreFailure.newer(place));
    }
  }

  String place() {
    return place;
  }

  /** Something that is read from the index. */
  @FunctionalInterface
  interface Reading {
    /** Reads what there is at the last commit. */
    void from(DirectoryReader reader) throws IOException;
  }

  /** Reads, if anything was ever written. */
  void read(Reading reading) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return;
    }
    checkSchema();
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      reading.from(reader);
    }
  }

  /** Something that is done to the index. */
  @FunctionalInterface
  interface Change {
    /** Does it, and says how many records it concerned. */
    int apply(IndexWriter writer) throws IOException;
  }

  /**
   * Makes a change and commits it. If it fails, or the process ends, all is as it was.
   *
   * @return how many records it concerned
   * @throws LockObtainFailedException if others do not stop writing
   */
  int write(Analyzer analyzer, Change change) throws IOException, InterruptedException {
    try (IndexWriter writer = open(analyzer)) {
      int count = change.apply(writer);
      if (writer.hasUncommittedChanges()) {
        writer.setLiveCommitData(Map.of(SCHEMA_KEY, Integer.toString(SCHEMA)).entrySet());
        writer.commit();
      }
      return count;
    }
  }

  private IndexWriter open(Analyzer analyzer) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      checkSchema();
      try {
        return new IndexWriter(directory, configuration(analyzer));
      } catch (LockObtainFailedException e) {
        if (System.nanoTime() - start >= patience.toNanos()) {
          throw e;
        }
        Thread.sleep(POLL);
      }
    }
  }

  private static IndexWriterConfig configuration(Analyzer analyzer) {
    return new IndexWriterConfig(analyzer)
        .setCommitOnClose(false)
        .setMergeScheduler(new SerialMergeScheduler());
  }

  /** Bytes of its files. */
  long bytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += length(file);
    }
    return bytes;
  }

  private long length(String file) throws IOException {
    try {
      return directory.fileLength(file);
    } catch (NoSuchFileException e) {
      return 0; // Another process has just removed it.
    }
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
