package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All data sets that there are, by their names. */
public final class DataSets {
  private final List<DataSet> sets;

  /**
   * The data sets of the field, after others.
   *
   * @param others such as those that come with Mallard
   */
  public DataSets(List<DataSet> others) {
    List<DataSet> all = new ArrayList<>(others);
    all.add(new HumanEval());
    all.add(new Mbpp(false));
    all.add(new Mbpp(true));
    all.add(new MbppOneVisible());
    for (HumanEvalXPart part : HumanEvalXPart.values()) {
      all.add(new HumanEvalX(part));
    }
    for (HumanEvalXPart from : HumanEvalXPart.values()) {
      for (HumanEvalXPart to : HumanEvalXPart.values()) {
        if (from != to) {
          all.add(new HumanEvalXTranslation(from, to));
        }
      }
    }
    all.add(new TransCoder());
    all.add(new Spider());
    all.add(new QuixBugs());
    sets = List.copyOf(all);
    if (sets.stream().map(set -> set.info().name()).distinct().count() < sets.size()) {
      throw new IllegalArgumentException("two data sets have the same name");
    }
  }

  /** All, in the order in which they are listed. */
  public List<DataSet> all() {
    return sets;
  }

  /**
   * The one of a name.
   *
   * @throws UserException if there is none
   */
  public DataSet named(String name) {
    return sets.stream()
        .filter(set -> set.info().name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "There is no data set \"%s\": name one of %s."
                    .formatted(
                        name,
                        sets.stream()
                            .map(set -> set.info().name())
                            .collect(Collectors.joining(", ")))));
  }
}
