package dev.mallard.generator.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/** Experiences as documents of Lucene: schema {@value IndexFolder#SCHEMA}. */
final class Fields {
  /** What an experience is, and of which problem and programs: a hash. */
  static final String KEY = "key";

  /** {@link #SOLUTION} or {@link #REPAIR}. */
  static final String KIND = "kind";

  static final String SOLUTION = "solution";
  static final String REPAIR = "repair";
  static final String LANGUAGE = "language";

  /** {@link #PASSED}, {@link #FAILED}, or absent. */
  static final String HIDDEN_TESTS = "hidden_tests";

  static final String PASSED = "passed";
  static final String FAILED = "failed";

  /** Milliseconds since 1970. */
  static final String TIME = "time";

  /** The words of the title and the statement; not stored. */
  static final String PROBLEM_WORDS = "problem_words";

  /** The words of the feedback; not stored. */
  static final String FEEDBACK_WORDS = "feedback_words";

  /** The words of the failing program; not stored. */
  static final String FAILING_WORDS = "failing_words";

  private static final String TITLE = "title";
  private static final String STATEMENT = "statement";
  private static final String SIGNATURE = "signature";
  private static final String TESTS = "tests";
  private static final String TESTS_FROM_USER = "tests_from_user";
  private static final String MODEL = "model";
  private static final String PROGRAM = "program";
  private static final String FAILING_PROGRAM = "failing_program";
  private static final String FEEDBACK = "feedback";

  private Fields() {}

  /** The words that a problem is found by. */
  static String problemWords(String title, String statement) {
    return title + "\n" + statement;
  }

  /** The name of an experience: the same kind, problem (but for its tests) and programs. */
  static String key(Experience experience) {
    ProblemText problem = experience.problem();
    List<String> own =
        switch (experience) {
          case Experience.Solution solution -> List.of(SOLUTION, solution.program());
          case Experience.Repair repair ->
              List.of(REPAIR, repair.failingProgram(), repair.program());
        };
    MessageDigest digest = sha256();
    List<String> common = List.of(problem.language(), problem.title(), problem.statement());
    common.forEach(text -> update(digest, text));
    update(digest, problem.signature().orElse(""));
    own.forEach(text -> update(digest, text));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = Texts.bounded(text).getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  static Document write(Experience experience) {
    String key = key(experience);
    ProblemText problem = experience.problem();
    Provenance provenance = experience.provenance();
    Document document = new Document();
    document.add(new StringField(KEY, key, Field.Store.YES));
    document.add(new SortedDocValuesField(KEY, new BytesRef(key)));
    document.add(new StringField(LANGUAGE, Texts.bounded(problem.language()), Field.Store.YES));
    document.add(new LongField(TIME, provenance.time().toEpochMilli(), Field.Store.YES));
    provenance
        .hiddenTestsPassed()
        .ifPresent(passed ->
            document.add(new StringField(HIDDEN_TESTS, passed ? PASSED : FAILED, Field.Store.YES)));
    store(document, TESTS_FROM_USER, Boolean.toString(provenance.testsFromUser()));
    store(document, MODEL, provenance.model());
    store(document, TITLE, problem.title());
    store(document, STATEMENT, problem.statement());
    problem.signature().ifPresent(signature -> store(document, SIGNATURE, signature));
    store(document, TESTS, problem.tests());
    store(document, PROGRAM, experience.program());
    index(document, PROBLEM_WORDS, problemWords(problem.title(), problem.statement()));
    switch (experience) {
      case Experience.Solution _ -> document.add(new StringField(KIND, SOLUTION, Field.Store.YES));
      case Experience.Repair repair -> {
        document.add(new StringField(KIND, REPAIR, Field.Store.YES));
        store(document, FAILING_PROGRAM, repair.failingProgram());
        store(document, FEEDBACK, repair.feedback());
        index(document, FAILING_WORDS, repair.failingProgram());
        index(document, FEEDBACK_WORDS, repair.feedback());
      }
    }
    return document;
  }

  private static void store(Document document, String field, String text) {
    document.add(new StoredField(field, Texts.bounded(text)));
  }

  private static void index(Document document, String field, String text) {
    document.add(new TextField(field, Texts.bounded(text), Field.Store.NO));
  }

  static Experience read(Document document) {
    ProblemText problem =
        new ProblemText(
            text(document, TITLE),
            text(document, STATEMENT),
            Optional.ofNullable(document.get(SIGNATURE)),
            text(document, LANGUAGE),
            text(document, TESTS));
    Provenance provenance =
        new Provenance(
            time(document),
            text(document, MODEL),
            Optional.ofNullable(document.get(HIDDEN_TESTS)).map(PASSED::equals),
            Boolean.parseBoolean(text(document, TESTS_FROM_USER)));
    String program = text(document, PROGRAM);
    return isSolution(document)
        ? new Experience.Solution(problem, program, provenance)
        : new Experience.Repair(
            problem,
            text(document, FAILING_PROGRAM),
            text(document, FEEDBACK),
            program,
            provenance);
  }

  static boolean isSolution(Document document) {
    return text(document, KIND).equals(SOLUTION);
  }

  static Instant time(Document document) {
    return Instant.ofEpochMilli(document.getField(TIME).numericValue().longValue());
  }

  static String text(Document document, String field) {
    return Optional.ofNullable(document.get(field))
        .orElseThrow(() -> new IllegalStateException("a record without " + field));
  }
}
