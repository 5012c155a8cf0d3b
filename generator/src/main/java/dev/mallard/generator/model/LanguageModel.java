package dev.mallard.generator.model;

import java.util.List;

/** A language model that continues a conversation. May be used by several threads. */
public interface LanguageModel extends AutoCloseable {

  /** What the model is called and how it runs, for people: name, parameters, precision, device. */
  String description();

  /** Identifies the weights and their precision, as by a hash; empty where that is not known. */
  default String weightsHash() {
    return "";
  }

  /** Longest prompt and completion together, in tokens. */
  int contextLength();

  /**
   * Length of a conversation as the model would read it, in tokens, its chat template included; an
   * estimate where the tokenizer is not at hand.
   */
  int countTokens(List<Message> conversation);

  /**
   * Generates {@link GenerationRequest#candidates()} completions of one conversation; the prompt is
   * computed once.
   *
   * <p>Deterministic on one machine, for a model that has just been opened and has nothing else to
   * generate: the same requests give the same completions. Other sequences in the batch, and a
   * prompt that was read before, round otherwise. A server may not keep to that.
   *
   * @param listener sees the text as it comes, on the calling thread, and may cancel
   * @return the completions, by candidate
   * @throws dev.mallard.generator.UserException if the prompt leaves no room in the context, or a
   *     server does not answer as it should
   * @throws InterruptedException if the calling thread is interrupted
   */
  List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException;

  @Override
  void close();
}
