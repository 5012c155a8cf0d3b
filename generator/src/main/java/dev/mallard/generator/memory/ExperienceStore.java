package dev.mallard.generator.memory;

import dev.mallard.generator.UserException;
import dev.mallard.generator.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Mallard has verified, in a folder on this machine. Lucene searches it, by BM25 (Robertson
 * and Zaragoza, "The Probabilistic Relevance Framework", 2009).
 *
 * <p>Any number of threads and processes may use one folder at the same time. To record and to
 * search are helps and no conditions of a solution: when they fail, it is logged, and they return
 * as if there were nothing. The other methods throw a {@link UserException}.
 */
public final class ExperienceStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExperienceStore.class);

  /** How long others that write are waited for; a record takes some hundredths of a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final IndexFolder index;
  private final boolean writable;
  private final Analyzer analyzer = new WordAnalyzer();

  ExperienceStore(IndexFolder index, boolean writable) {
    this.index = index;
    this.writable = writable;
  }

  /**
   * Opens a folder to read and write; it is made if it is not there.
   *
   * @throws UserException if it cannot be written to, holds something else, is damaged, or was
   *     written by a newer Mallard
   */
  public static ExperienceStore open(Path folder) {
    return new ExperienceStore(IndexFolder.writable(folder, PATIENCE), true);
  }

  /**
   * Opens a folder to read only; if it is not there, nothing is remembered, and it is not made.
   *
   * @throws UserException if it holds something else, is damaged, or was written by a newer Mallard
   */
  public static ExperienceStore openToRead(Path folder) {
    return new ExperienceStore(IndexFolder.readable(folder), false);
  }

  /**
   * Records an experience. Each problem and program is there once: a later record of the same
   * replaces the earlier, unless less was asked of the program. Not recorded is a repair that
   * changes nothing, and a program of more than 100,000 characters; other texts of that length are
   * cut, visibly. Half of a surrogate pair becomes U+FFFD.
   *
   * @return whether it is recorded now; if not, the log says why
   */
  public boolean add(Experience experience) {
    requireWritable();
    if (experience instanceof Experience.Repair repair && !repair.changesTheProgram()) {
      LOG.debug("not remembered: a repair that changes nothing");
      return false;
    }
    if (longestProgram(experience) > Texts.LONGEST) {
      LOG.info("not remembered: a program of more than {} characters", Texts.LONGEST);
      return false;
    }
    try {
      return index.write(analyzer, writer -> Records.put(writer, experience)) > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.info("not remembered: interrupted");
    } catch (IOException e) {
      LOG.warn("not remembered: {}", StoreFailure.of(index.place(), e).getMessage(), e);
    } catch (RuntimeException e) {
      LOG.warn("not remembered: {}", e.getMessage(), e);
    }
    return false;
  }

  private static int longestProgram(Experience experience) {
    int length = experience.program().length();
    return experience instanceof Experience.Repair repair
        ? Math.max(length, repair.failingProgram().length())
        : length;
  }

  /**
   * Solutions of similar problems in the same language, which no hidden test refuted.
   *
   * @param most that are wanted
   * @return best first, of equal ones the newest first; those that share no word are not among them
   */
  public List<Experience.Solution> similarSolutions(Problem problem, int most) {
    return similar(
        Experience.Solution.class,
        Fields.SOLUTION,
        problem,
        Map.of(Fields.PROBLEM_WORDS, words(problem)),
        most);
  }

  /**
   * Repairs of similar programs for similar problems after similar feedback, in the same language,
   * which no hidden test refuted.
   *
   * @param failingProgram what is to be repaired
   * @param feedback what is said of it
   * @param most that are wanted
   * @return best first, of equal ones the newest first; those that share no word are not among them
   */
  public List<Experience.Repair> similarRepairs(
      Problem problem, String failingProgram, String feedback, int most) {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put(Fields.PROBLEM_WORDS, words(problem));
    wanted.put(Fields.FAILING_WORDS, failingProgram);
    wanted.put(Fields.FEEDBACK_WORDS, feedback);
    return similar(Experience.Repair.class, Fields.REPAIR, problem, wanted, most);
  }

  private static String words(Problem problem) {
    return Fields.problemWords(problem.title(), problem.statement());
  }

  private <T extends Experience> List<T> similar(
      Class<T> type, String kind, Problem problem, Map<String, String> wanted, int most) {
    if (most < 0) {
      throw new IllegalArgumentException("cannot find fewer than none: " + most);
    }
    if (most == 0) {
      return List.of();
    }
    String language = problem.language().label();
    List<T> found = new ArrayList<>();
    try {
      index.read(reader -> {
        Query query = SimilarityQuery.query(reader, analyzer, kind, language, wanted);
        StoredFields stored = reader.storedFields();
        for (ScoreDoc hit :
            new IndexSearcher(reader).search(query, most, Records.BEST_FIRST).scoreDocs) {
          found.add(type.cast(Fields.read(stored.document(hit.doc))));
        }
      });
      return List.copyOf(found);
    } catch (IOException e) {
      LOG.warn("nothing recalled: {}", StoreFailure.of(index.place(), e).getMessage(), e);
    } catch (RuntimeException e) {
      LOG.warn("nothing recalled: {}", e.getMessage(), e);
    }
    return List.of();
  }

  /** How much is remembered. */
  public MemoryStats stats() {
    SortedMap<String, MemoryStats.Counts> languages = new TreeMap<>();
    List<Instant> times = new ArrayList<>();
    Set<String> fields = Set.of(Fields.KIND, Fields.LANGUAGE, Fields.TIME);
    try {
      index.read(reader -> {
        StoredFields stored = reader.storedFields();
        for (int document : Records.oldestFirst(reader)) {
          Document record = stored.document(document, fields);
          languages.merge(
              Fields.text(record, Fields.LANGUAGE),
              Fields.isSolution(record) ? MemoryStats.Counts.SOLUTION : MemoryStats.Counts.REPAIR,
              MemoryStats.Counts::plus);
          times.add(Fields.time(record));
        }
      });
      return new MemoryStats(
          languages,
          index.bytes(),
          times.stream().findFirst(),
          times.reversed().stream().findFirst());
    } catch (IOException e) {
      throw StoreFailure.of(index.place(), e);
    }
  }

  /** How many experiences are selected. */
  public int count(Selection selection) {
    AtomicInteger count = new AtomicInteger();
    forEach(experience -> count.addAndGet(selection.contains(experience) ? 1 : 0));
    return count.get();
  }

  /** Gives all experiences, the oldest first. */
  void forEach(Consumer<Experience> consumer) {
    try {
      index.read(reader -> {
        StoredFields stored = reader.storedFields();
        for (int document : Records.oldestFirst(reader)) {
          consumer.accept(Fields.read(stored.document(document)));
        }
      });
    } catch (IOException e) {
      throw StoreFailure.of(index.place(), e);
    }
  }

  /**
   * Forgets experiences: all that are selected or, if that fails, none. Their texts are then no
   * longer in the files.
   *
   * @return how many there were
   * @throws UserException if others do not stop writing, or the disk fails
   */
  public int forget(Selection selection) throws InterruptedException {
    requireWritable();
    try {
      return index.write(analyzer, writer -> Records.remove(writer, selection));
    } catch (IOException e) {
      throw StoreFailure.of(index.place(), e);
    }
  }

  /**
   * Writes experiences as lines for fine-tuning, the oldest first. Unless all are asked for, only
   * those are written whose tests were the user's own, and that no hidden test refuted.
   *
   * @param all whether to write also what models' tests alone have verified, or hidden tests
   *     refuted
   * @return how many lines were written
   * @throws IOException if the writer fails
   */
  public int export(TrainingFormat format, boolean all, Writer writer) throws IOException {
    AtomicInteger lines = new AtomicInteger();
    try {
      forEach(experience -> {
        if (all || experience.provenance().isTrusted()) {
          format
              .line(experience)
              .ifPresent(line -> {
                write(line, writer);
                lines.incrementAndGet();
              });
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return lines.get();
  }

  /** Sets failures of the writer apart from those of the store. */
  private static void write(String line, Writer writer) {
    try {
      writer.write(line);
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireWritable() {
    if (!writable) {
      throw new IllegalStateException("this store was opened to read only");
    }
  }

  @Override
  public void close() {
    analyzer.close();
    try {
      index.close();
    } catch (IOException e) {
      LOG.warn("closing the memory in {}", index.place(), e);
    }
  }
}
