package dev.mallard.generator.remote;

import java.util.Set;

/**
 * What a server was found not to do; later requests leave it out. Used by several threads.
 *
 * <p>Servers that know a field and do not want it answer 400 or 422 and name it.
 */
final class ServerTraits {
  private static final Set<Integer> REFUSALS = Set.of(400, 422, 501);

  private volatile boolean single;
  private volatile boolean withoutLogProbabilities;
  private volatile boolean withoutUsage;

  /** Whether a request brings one completion, however many it asks for. */
  boolean single() {
    return single;
  }

  void foundSingle() {
    single = true;
  }

  boolean givesLogProbabilities() {
    return !withoutLogProbabilities;
  }

  boolean givesUsage() {
    return !withoutUsage;
  }

  /** Whether a request for several completions was refused because of that, as far as one sees. */
  static boolean refusesSeveral(RemoteFailure failure) {
    int status = failure.status();
    return (REFUSALS.contains(status) && !failure.words().saysTooLong())
        // llama.cpp's server, before it could do it
        || (status == 500 && failure.words().saysTooManyChoices());
  }

  /**
   * Learns from a refused request.
   *
   * @return whether it can be sent again with less in it
   */
  boolean learn(RemoteFailure failure, ChatRequest refused) {
    if (!REFUSALS.contains(failure.status())) {
      return false;
    }
    if (refused.logProbabilities() && failure.words().mentions("logprobs")) {
      withoutLogProbabilities = true;
      return true;
    }
    if (refused.usage() && failure.words().mentions("stream_options")) {
      withoutUsage = true;
      return true;
    }
    return false;
  }
}
