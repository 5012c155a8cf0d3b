package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Work that goes on for definitions. What is worked out for a definition is of no use once it, or
 * one of its tests, is another: then it is stopped. Changes elsewhere in the document do not
 * matter. May be used by several threads.
 */
public final class Claims {
  private final Services services;
  private final List<Claim> claims = new CopyOnWriteArrayList<>();

  /**
   * Work for a definition.
   *
   * @param target as it was when the work began
   * @param stop ends the work; is told why, in a sentence
   */
  private record Claim(Target target, Consumer<String> stop) {
    String uri() {
      return target.analysis().document().uri();
    }

    String name() {
      return target.definition().qualifiedName();
    }
  }

  /** Ends a claim; may be called more than once. */
  @FunctionalInterface
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  public Claims(Services services) {
    this.services = services;
  }

  /**
   * Begins work for a definition; work for the same that goes on is stopped.
   *
   * @param stop ends the work; is told why, in a sentence
   * @throws UserException if there is no such definition
   */
  public Held hold(String uri, String name, Consumer<String> stop) {
    Claim claim = new Claim(services.target(uri, name), stop);
    List<Claim> older =
        claims.stream()
            .filter(other -> other.uri().equals(uri) && other.name().equals(claim.name()))
            .toList();
    for (Claim other : older) {
      if (claims.remove(other)) {
        other.stop().accept("Mallard begins anew with %s.".formatted(name));
      }
    }
    claims.add(claim);
    return () -> claims.remove(claim);
  }

  /** Stops what changes of documents have made useless. */
  public void check() {
    List<Claim> useless = new ArrayList<>();
    for (Claim claim : claims) {
      if (!holds(claim)) {
        useless.add(claim);
      }
    }
    for (Claim claim : useless) {
      if (claims.remove(claim)) {
        claim
            .stop()
            .accept(
                "%s was changed, so Mallard has stopped working at it: ask again."
                    .formatted(claim.name()));
      }
    }
  }

  private boolean holds(Claim claim) {
    try {
      return claim.target().isSameAs(services.target(claim.uri(), claim.name()));
    } catch (UserException e) {
      return false;
    }
  }
}
