package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import dev.mallard.generator.sql.SqlQuestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The development set of Spider (Yu et al., arXiv 1809.08887): questions about databases. A query
 * is right if it gives the rows of the reference query. With Spider's databases these are rows of
 * theirs; without them there are none, and rows are made up.
 */
final class Spider implements DataSet {
  private static final String QUESTIONS = "dev";
  private static final String TABLES = "tables";

  @Override
  public DataSetInfo info() {
    return new DataSetInfo(
        "spider",
        "Answer a question about a database with a query; the rows of the reference query decide; its folder must be named with --data, and that of its databases with --databases.",
        1034,
        "CC-BY-SA-4.0",
        "https://arxiv.org/abs/1809.08887",
        List.of());
  }

  /**
   * {@inheritDoc}
   *
   * @param data Spider's folder or its {@code dev.json}, with {@code tables.json} beside it
   * @param databases a folder with {@code NAME/NAME.sqlite} for each database; without it the
   *     databases are empty
   * @throws UserException if a file is missing or is another one
   */
  @Override
  public List<Task> tasks(Optional<Path> data, Optional<Path> databases) {
    DataFiles files = DataFiles.of(info(), data);
    Path questions = files.file("spider", "dev.json", "dev-4db.json");
    Map<String, String> schemas = schemas(files, tables(questions));
    Map<String, String> scripts = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<Task> tasks = new ArrayList<>();
    for (DataRow row : files.list(questions)) {
      String name = row.text("db_id");
      String schema = schemas.get(name);
      if (schema == null) {
        throw files.malformed(
            questions,
            "entry %d asks about a database that %s lacks"
                .formatted(row.number(), tables(questions).getFileName()),
            null);
      }
      Optional<String> script =
          databases.map(folder -> scripts.computeIfAbsent(name, key -> script(folder, key)));
      tasks.add(
          new Task.QueryTask(
              name + "/" + numbers.merge(name, 1, Integer::sum),
              new SqlQuestion(row.text("question"), script.orElse(schema)),
              row.text("query"),
              script.stream().toList(),
              ""));
    }
    return tasks;
  }

  private static Path tables(Path questions) {
    String name = questions.getFileName().toString();
    Path tables = questions.resolveSibling(name.replaceFirst(QUESTIONS, TABLES));
    if (!name.startsWith(QUESTIONS) || !Files.isRegularFile(tables)) {
      throw new UserException(
          "%s is read together with tables.json, which is not beside it: name Spider's folder with --data."
              .formatted(questions));
    }
    return tables;
  }

  private static Map<String, String> schemas(DataFiles files, Path tables) {
    Map<String, String> schemas = new HashMap<>();
    for (DataRow row : files.list(tables)) {
      String name = row.text("db_id");
      if (!name.matches("\\w+")) {
        throw files.malformed(tables, "entry %d has no plain name".formatted(row.number()), null);
      }
      try {
        schemas.put(name, SpiderSchema.of(row.node()));
      } catch (JacksonException e) {
        throw files.malformed(
            tables, "entry %d does not describe tables".formatted(row.number()), e);
      }
    }
    return schemas;
  }

  private static String script(Path databases, String name) {
    return SqliteScript.of(databases.resolve(name).resolve(name + ".sqlite"));
  }
}
