package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.sql.SqlQuestion;
import java.util.List;
import java.util.Optional;

/** One problem of a data set. */
public sealed interface Task {
  /** What it is called within its data set, such as {@code HumanEval/0}. */
  String id();

  /** A program that is known to be right; empty where the data set has none. */
  Optional<String> reference();

  /**
   * A program is to be written; its hidden tests decide whether it is right, or the visible ones if
   * there are no others.
   *
   * @param level how hard it is, such as {@code easy}; empty where the data set does not say
   */
  record ProgramTask(String id, Problem problem, Optional<String> reference, String level)
      implements Task {}

  /**
   * A query is to be written that gives the rows of the reference query on some databases.
   *
   * @param query the reference
   * @param databases statements that build each database that decides; empty where there are no
   *     rows, which are made up then
   */
  record QueryTask(
      String id, SqlQuestion question, String query, List<String> databases, String level)
      implements Task {
    public QueryTask {
      databases = List.copyOf(databases);
    }

    @Override
    public Optional<String> reference() {
      return Optional.of(query);
    }
  }
}
