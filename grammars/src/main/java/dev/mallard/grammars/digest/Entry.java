package dev.mallard.grammars.digest;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A definition in a digest.
 *
 * @param defined the names that it defines
 * @param references the names that it uses, in order
 * @param remarks what the grammar says of it
 * @param writer writes it, given which names are shown
 */
record Entry(
    Set<String> defined,
    List<String> references,
    List<String> remarks,
    Function<Predicate<String>, String> writer) {

  String text(Predicate<String> shown) {
    return writer.apply(shown);
  }
}
