package dev.mallard.generator.memory;

import static dev.mallard.generator.memory.Experiences.all;
import static dev.mallard.generator.memory.Experiences.problem;
import static dev.mallard.generator.memory.Experiences.solution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that hold no store, or one that a process left in the middle of its work. */
class DamagedStoreTest {
  private static final Experience.Solution FIRST = solution(problem("Add", "two"), "first");
  private static final Experience.Solution SECOND = solution(problem("Add", "two"), "second");

  @TempDir private Path home;

  @Test
  void aStoreThatWasKilledBeforeItsLastCommitHasAllBeforeIt() throws IOException {
    Path folder = home.resolve("memory");
    Path killed = home.resolve("killed");
    add(folder, FIRST);
    copy(folder, killed, name -> true);
    add(folder, SECOND);
    // What a process leaves that dies in the middle: new data, half a commit, and no segments file.
    copy(folder, killed, name -> name.startsWith("_"));
    Files.write(killed.resolve("pending_segments_9"), new byte[] {63, -41, 108});

    try (ExperienceStore store = ExperienceStore.open(killed)) {
      assertThat(all(store)).containsExactly(FIRST);
      assertThat(store.add(SECOND)).isTrue();
      assertThat(all(store)).containsExactlyInAnyOrder(FIRST, SECOND);
    }
  }

  @Test
  void aStoreThatWasKilledBeforeItsFirstCommitIsEmpty() throws IOException {
    Path folder = home.resolve("memory");
    Path killed = home.resolve("killed");
    add(folder, FIRST);
    copy(folder, killed, name -> !name.startsWith("segments"));
    Files.write(killed.resolve("pending_segments_1"), new byte[] {63});

    try (ExperienceStore store = ExperienceStore.open(killed)) {
      assertThat(all(store)).isEmpty();
      assertThat(store.add(SECOND)).isTrue();
      assertThat(all(store)).containsExactly(SECOND);
    }
  }

  @Test
  void refusesAFolderWithOtherThings() throws IOException {
    Files.writeString(home.resolve("thesis.txt"), "years of work");

    assertRefused(() -> ExperienceStore.open(home), "holds other things than Mallard's memory");
    assertRefused(
        () -> ExperienceStore.openToRead(home), "holds other things than Mallard's memory");
    assertRefused(
        () -> ExperienceStore.openToRead(home.resolve("thesis.txt")), "holds other things");
    assertThat(home).isDirectoryContaining("glob:**thesis.txt");
  }

  @Test
  void refusesAnIndexOfAnotherProgram() throws IOException {
    commit(home, Map.of("made.by", "another"));

    assertRefused(() -> ExperienceStore.open(home), "holds other things than Mallard's memory");
  }

  @Test
  void refusesAStoreOfANewerMallard() throws IOException {
    commit(home, Map.of("mallard.memory.schema", "2"));

    assertRefused(() -> ExperienceStore.open(home), "was written by a newer Mallard");
    assertRefused(() -> ExperienceStore.openToRead(home), "was written by a newer Mallard");
  }

  @Test
  void aStoreThatANewerMallardTakesOverIsNotWrittenToNorRead() throws IOException {
    try (ExperienceStore store = ExperienceStore.open(home)) {
      store.add(FIRST);
      commit(home, Map.of("mallard.memory.schema", "2"));

      assertThat(store.add(SECOND)).isFalse();
      assertThat(store.similarSolutions(problem("Add", "two"), 5)).isEmpty();
      assertRefused(store::stats, "was written by a newer Mallard");
    }
  }

  @Test
  void saysThatAStoreIsDamaged() throws IOException {
    add(home, FIRST);
    Path segments = only(name -> name.startsWith("segments"));
    byte[] whole = Files.readAllBytes(segments);

    Files.write(segments, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(() -> ExperienceStore.open(home), "is damaged");

    Files.write(segments, "something else entirely".getBytes(StandardCharsets.UTF_8));
    assertRefused(() -> ExperienceStore.open(home), "cannot be read by this one");

    Files.write(segments, whole);
    Path data = only(name -> name.endsWith(".cfs"));
    Files.write(data, Arrays.copyOf(Files.readAllBytes(data), 40));
    try (ExperienceStore store = ExperienceStore.open(home)) {
      assertRefused(store::stats, "is damaged");
      assertThat(store.similarSolutions(problem("Add", "two"), 5)).isEmpty();
      assertThat(store.add(SECOND)).isFalse();
    }
  }

  @Test
  void refusesAPlaceWhereNoFolderCanBeMade() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");

    assertRefused(() -> ExperienceStore.open(file.resolve("memory")), "cannot be made");
    assertRefused(() -> ExperienceStore.open(file), "cannot be made");
  }

  @Test
  void readsAReadOnlyFolderAndRefusesToWriteToIt() throws IOException {
    Path folder = home.resolve("memory");
    add(folder, FIRST);
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      try (ExperienceStore store = ExperienceStore.openToRead(folder)) {
        assertThat(all(store)).containsExactly(FIRST);
      }
      // An administrator may write everywhere.
      assumeThat(Files.isWritable(folder)).isFalse();
      assertRefused(() -> ExperienceStore.open(folder), "may not be written to");
      assertRefused(() -> ExperienceStore.open(folder.resolve("new")), "may not be written to");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void readingMakesNoFolder() {
    try (ExperienceStore store = ExperienceStore.openToRead(home.resolve("none"))) {
      assertThat(all(store)).isEmpty();
      assertThat(store.stats().bytes()).isZero();
      assertThat(store.similarSolutions(problem("Add", "two"), 5)).isEmpty();
    }
    assertThat(home).isEmptyDirectory();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1)
        .endsWith(".");
  }

  private static void add(Path folder, Experience experience) {
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      assertThat(store.add(experience)).isTrue();
    }
  }

  private static void commit(Path folder, Map<String, String> data) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(data.entrySet());
    }
  }

  private Path only(Predicate<String> names) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      List<Path> found = files.filter(file -> names.test(file.getFileName().toString())).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static void copy(Path from, Path to, Predicate<String> names) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> names.test(f.getFileName().toString())).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
