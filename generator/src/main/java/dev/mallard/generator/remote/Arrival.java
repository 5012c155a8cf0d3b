package dev.mallard.generator.remote;

/** What a call has to say to the generation that made it. */
sealed interface Arrival {
  Call call();

  /** More of the answer. */
  record Came(Call call, Chunk chunk) implements Arrival {}

  /** The answer is whole. */
  record Ended(Call call) implements Arrival {}

  /** There will be no answer, or no more of it. */
  record Failed(Call call, RemoteFailure failure) implements Arrival {}

  /** Mallard itself failed. */
  record Broke(Call call, Throwable cause) implements Arrival {}
}
