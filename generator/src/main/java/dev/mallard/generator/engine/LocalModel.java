package dev.mallard.generator.engine;

import ai.djl.pytorch.jni.JniUtils;
import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.tokenizer.ChatTemplate;
import dev.mallard.generator.tokenizer.ChatTokenizer;
import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.generator.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A language model that runs in this process: tokenizer, chat template and decoder of one
 * checkpoint.
 */
public final class LocalModel implements LanguageModel {
  private final String description;
  private final ModelConfiguration configuration;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Decoder decoder;
  private final ReentrantLock lock = new ReentrantLock();

  private LocalModel(
      String description,
      ModelConfiguration configuration,
      Tokenizer tokenizer,
      ChatTemplate template,
      Decoder decoder) {
    this.description = description;
    this.configuration = configuration;
    this.tokenizer = tokenizer;
    this.template = template;
    this.decoder = decoder;
  }

  /**
   * Loads the model of a GGUF file or of a folder with a Hugging Face checkpoint, as {@link #load}
   * does.
   *
   * @param name what to call it
   * @throws UserException if there is no model, or it is damaged or of a kind that Mallard lacks
   */
  public static LocalModel open(
      String name, Path path, LocalModelOptions options, LoadListener listener) {
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      ChatTokenizer tokenizer = Tokenizers.open(path);
      return load(
          name, checkpoint, tokenizer.tokenizer(), tokenizer.chatTemplate(), options, listener);
    }
  }

  /**
   * Loads a model. The first time, its weights are converted and kept in the cache; later they are
   * mapped from there.
   *
   * @param name what to call it
   * @param checkpoint is read here, and may be closed afterwards
   * @param tokenizer is closed with the model
   * @throws UserException if the checkpoint is damaged, or the cache has no room
   */
  public static LocalModel load(
      String name,
      Checkpoint checkpoint,
      Tokenizer tokenizer,
      ChatTemplate template,
      LocalModelOptions options,
      LoadListener listener) {
    PackedWeights weights =
        new WeightCache(options.cache()).open(checkpoint, options.precision(), listener);
    Decoder decoder =
        new Decoder(
            checkpoint.configuration(), PackingPlan.of(checkpoint), options.precision(), weights);
    if (options.threads() > 0) {
      JniUtils.setNumThreads(options.threads());
    }
    String description =
        "%s, %s on CPU, %d threads"
            .formatted(name, options.precision().label(), JniUtils.getNumThreads());
    return new LocalModel(description, checkpoint.configuration(), tokenizer, template, decoder);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public int contextLength() {
    return configuration.contextLength();
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return template.encode(conversation).length;
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    int[] prompt = template.encode(request.conversation());
    int room = contextLength() - prompt.length;
    if (room < 1) {
      throw new UserException(
          "The prompt has %d tokens and the model's context only %d: shorten the problem, or take a model with a longer context."
              .formatted(prompt.length, contextLength()));
    }
    Generation generation =
        new Generation(
            decoder, tokenizer, Set.copyOf(configuration.endTokens()), request, listener);
    lock.lockInterruptibly();
    try {
      return generation.run(prompt, Math.min(room, request.maxTokens()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      decoder.close();
      tokenizer.close();
    } finally {
      lock.unlock();
    }
  }
}
