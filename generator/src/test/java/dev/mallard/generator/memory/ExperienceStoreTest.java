package dev.mallard.generator.memory;

import static dev.mallard.generator.memory.Experiences.NOON;
import static dev.mallard.generator.memory.Experiences.all;
import static dev.mallard.generator.memory.Experiences.problem;
import static dev.mallard.generator.memory.Experiences.repair;
import static dev.mallard.generator.memory.Experiences.solution;
import static dev.mallard.generator.memory.Experiences.store;
import static dev.mallard.generator.memory.Experiences.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that several use at once, that is told to forget, and whose disk is full. */
class ExperienceStoreTest {
  @TempDir private Path folder;

  @Test
  void isThereAgainWhenItIsOpenedAgain() {
    Experience.Solution solution = solution(problem("Add", "two"), "a + b");
    try (ExperienceStore store = ExperienceStore.open(folder.resolve("new/memory"))) {
      store.add(solution);
    }

    try (ExperienceStore store = ExperienceStore.openToRead(folder.resolve("new/memory"))) {
      assertThat(all(store)).containsExactly(solution);
    }
  }

  @Test
  void severalThreadsAndStoresTakeTurns() throws Exception {
    Duration patience = Duration.ofMinutes(2);
    try (ExperienceStore one = new ExperienceStore(IndexFolder.writable(folder, patience), true);
        ExperienceStore other = new ExperienceStore(IndexFolder.writable(folder, patience), true);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> added = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ExperienceStore store = i % 2 == 0 ? one : other;
        String program = "program " + i;
        added.add(threads.submit(() -> store.add(solution(problem("Add", "two"), program))));
      }
      for (Future<Boolean> future : added) {
        assertThat(future.get()).isTrue();
      }

      assertThat(one.similarSolutions(problem("Add", ""), 100)).hasSize(40);
      assertThat(other.stats().total()).isEqualTo(new MemoryStats.Counts(40, 0));
    }
  }

  @Test
  void givesUpRecordingWhileAnotherWritesAndStillSearches() throws Exception {
    try (ExperienceStore store =
        new ExperienceStore(IndexFolder.writable(folder, Duration.ofMillis(50)), true)) {
      store.add(solution(problem("Add", "two"), "a + b"));
      try (FSDirectory directory = FSDirectory.open(folder);
          IndexWriter held = new IndexWriter(directory, new IndexWriterConfig())) {
        assertThat(held.isOpen()).isTrue();
        assertThat(store.add(solution(problem("Add", "two"), "b + a"))).isFalse();
        assertThatThrownBy(() -> store.forget(new Selection.All()))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("Another Mallard is writing")
            .hasMessageContaining(folder.toString());
        assertThat(store.similarSolutions(problem("Add", ""), 5)).hasSize(1);
      }

      assertThat(store.add(solution(problem("Add", "two"), "b + a"))).isTrue();
    }
  }

  @Test
  void anInterruptedThreadRecordsNothingAndStaysInterrupted() throws Exception {
    try (ExperienceStore store = ExperienceStore.open(folder);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      store.add(solution(problem("Add", "two"), "a + b"));
      Future<Boolean> interrupted =
          threads.submit(() -> {
            Thread.currentThread().interrupt();
            boolean added = store.add(solution(problem("Add", "two"), "b + a"));
            return !added && Thread.interrupted();
          });

      assertThat(interrupted.get()).isTrue();
      assertThat(store.add(solution(problem("Add", "two"), "c + a"))).isTrue();
      assertThat(store.stats().total()).isEqualTo(new MemoryStats.Counts(2, 0));
    }
  }

  @Test
  void aFullDiskLosesNothingOfBefore() {
    class FillingDirectory extends FilterDirectory {
      private boolean full;

      FillingDirectory() {
        super(new ByteBuffersDirectory());
      }

      @Override
      public IndexOutput createOutput(String name, IOContext context) throws IOException {
        if (full) {
          throw new IOException("No space left on device");
        }
        return super.createOutput(name, context);
      }
    }
    FillingDirectory disk = new FillingDirectory();
    Experience.Solution before = solution(problem("Add", "two"), "a + b");
    try (ExperienceStore store = store(disk)) {
      store.add(before);
      disk.full = true;
      assertThat(store.add(solution(problem("Add", "two"), "b + a"))).isFalse();
      assertThatThrownBy(() -> store.forget(new Selection.All()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("No space left on device");
      assertThat(all(store)).containsExactly(before);

      disk.full = false;
      assertThat(store.add(solution(problem("Add", "two"), "b + a"))).isTrue();
      assertThat(all(store)).hasSize(2).contains(before);
    }
  }

  @Test
  void aChangeThatFailsInTheMiddleIsNotMade() throws Exception {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexFolder index = new IndexFolder("the test", directory, Duration.ZERO);
    try (ExperienceStore store = new ExperienceStore(index, true);
        WordAnalyzer analyzer = new WordAnalyzer()) {
      store.add(solution(problem("Add", "two"), "a + b"));

      assertThatThrownBy(() ->
              index.write(
                  analyzer,
                  writer -> {
                    writer.deleteAll();
                    throw new IOException("in the middle");
                  }))
          .hasMessage("in the middle");

      assertThat(all(store)).hasSize(1);
    }
  }

  @Test
  void countsByLanguage() {
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      assertThat(store.stats())
          .isEqualTo(new MemoryStats(new TreeMap<>(), 0, Optional.empty(), Optional.empty()));
      store.add(solution(problem("Add", ""), "1", verified(NOON.plusSeconds(5))));
      store.add(solution(problem("Add", ""), "2", verified(NOON)));
      store.add(repair(problem("Add", ""), "3", "wrong", "2"));
      store.add(solution(problem("Add", "", Experiences.TOY), "2"));

      MemoryStats stats = store.stats();
      assertThat(stats.languages())
          .containsEntry("python", new MemoryStats.Counts(2, 1))
          .containsEntry("toy", new MemoryStats.Counts(1, 0));
      assertThat(stats.total()).isEqualTo(new MemoryStats.Counts(3, 1));
      assertThat(stats.bytes()).isPositive();
      assertThat(stats.oldest()).contains(NOON);
      assertThat(stats.newest()).contains(NOON.plusSeconds(5));
    }
  }

  @Test
  void forgetsWhatMentionsATextWhereverItStands() throws Exception {
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      store.add(solution(problem("About the Acme", ""), "1"));
      store.add(solution(problem("Add", "for ACME."), "2"));
      store.add(solution(problem("Add", ""), "import acme_client"));
      store.add(repair(problem("Add", ""), "acme = 3", "wrong", "3"));
      store.add(repair(problem("Add", ""), "4", "NameError: acme", "5"));
      store.add(solution(problem("Add", "ac me"), "6"));
      Selection acme = new Selection.Mentioning("acme");

      assertThat(store.count(acme)).isEqualTo(5);
      assertThat(store.forget(acme)).isEqualTo(5);
      assertThat(all(store)).singleElement().extracting(Experience::program).isEqualTo("6");
      assertThat(store.forget(acme)).isZero();
    }
  }

  @Test
  void forgetsWhatIsOlderAndAll() throws Exception {
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      for (int day = 0; day < 5; day++) {
        store.add(
            solution(problem("Add", ""), "p" + day, verified(NOON.plus(Duration.ofDays(day)))));
      }

      assertThat(store.forget(new Selection.Before(NOON.plus(Duration.ofDays(2))))).isEqualTo(2);
      assertThat(all(store)).extracting(Experience::program).containsExactly("p2", "p3", "p4");
      assertThat(store.forget(new Selection.All())).isEqualTo(3);
      assertThat(store.stats().languages()).isEmpty();
      assertThat(store.add(solution(problem("Add", ""), "again"))).isTrue();
    }
  }

  @Test
  void whatIsForgottenIsNoLongerInTheFiles() throws Exception {
    try (ExperienceStore store = ExperienceStore.open(folder)) {
      store.add(solution(problem("Add", "two"), "a + b"));
      store.add(solution(problem("Zanzibarium", "two"), "Xyzzyquux"));
      // So many that Lucene puts what is forgotten and what is kept into one file.
      for (int i = 0; i < 25; i++) {
        store.add(solution(problem("Add", "numbers"), "program " + i));
      }
      assertThat(bytes()).contains("zanzibarium").contains("Xyzzyquux");

      store.forget(new Selection.Mentioning("zanzibar"));

      assertThat(bytes()).doesNotContainIgnoringCase("zanzibarium").doesNotContain("Xyzzyquux");
      assertThat(store.stats().total()).isEqualTo(new MemoryStats.Counts(26, 0));
    }
  }

  private String bytes() throws IOException {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  @Test
  void aBlankTextSelectsNothing() {
    assertThatThrownBy(() -> new Selection.Mentioning(" "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
