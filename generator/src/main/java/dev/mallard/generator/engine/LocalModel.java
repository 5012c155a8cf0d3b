package dev.mallard.generator.engine;

import ai.djl.pytorch.jni.JniUtils;
import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import dev.mallard.generator.checkpoint.LoraAdapter;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.constraint.Constraints;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.tokenizer.ChatTemplate;
import dev.mallard.generator.tokenizer.ChatTokenizer;
import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.generator.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A language model that runs in this process: tokenizer, chat template and decoder of one
 * checkpoint.
 */
public final class LocalModel implements LanguageModel {
  private static final long PREFIX_BYTES = 2L << 30;

  private final String description;
  private final String weightsHash;
  private final ModelConfiguration configuration;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final JobFactory jobs;
  private final Constraints constraints;
  private final Decoder decoder;
  private final KeyValueCache cache;
  private final Scheduler scheduler;
  private final int slots;
  private final long bytesPerSlot;
  private final long weightBytesOfAStep;

  private LocalModel(
      String description,
      String weightsHash,
      ModelConfiguration configuration,
      Tokenizer tokenizer,
      ChatTemplate template,
      Decoder decoder,
      KeyValueCache cache,
      Scheduler scheduler,
      int slots,
      long bytesPerSlot,
      long weightBytesOfAStep) {
    this.description = description;
    this.weightsHash = weightsHash;
    this.configuration = configuration;
    this.tokenizer = tokenizer;
    this.template = template;
    this.decoder = decoder;
    this.cache = cache;
    this.scheduler = scheduler;
    this.slots = slots;
    this.bytesPerSlot = bytesPerSlot;
    this.weightBytesOfAStep = weightBytesOfAStep;
    constraints = new Constraints(tokenizer);
    jobs =
        new JobFactory(
            template, tokenizer, constraints, configuration.contextLength(), slots, cacheMemory());
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
      return open(name, path, checkpoint, options, listener);
    }
  }

  /**
   * The same with the LoRA adapter of a folder, in PEFT's layout, beside the weights. Closing it
   * closes all.
   *
   * @throws UserException also if there is no adapter, or it is not for this model
   */
  public static LanguageModel open(
      String name, Path path, Path adapter, LocalModelOptions options, LoadListener listener) {
    try (LoraAdapter read = LoraAdapter.open(adapter);
        Checkpoint checkpoint = Checkpoints.open(path)) {
      read.check(checkpoint);
      LocalModel model = open(name, path, checkpoint, options, listener);
      return model.adapted(adapter.getFileName().toString(), read, true);
    }
  }

  private static LocalModel open(
      String name,
      Path path,
      Checkpoint checkpoint,
      LocalModelOptions options,
      LoadListener listener) {
    ChatTokenizer tokenizer = Tokenizers.open(path);
    boolean loaded = false;
    try {
      LocalModel model =
          load(
              name, checkpoint, tokenizer.tokenizer(), tokenizer.chatTemplate(), options, listener);
      loaded = true;
      return model;
    } finally {
      if (!loaded) {
        tokenizer.tokenizer().close();
      }
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
    ModelConfiguration configuration = checkpoint.configuration();
    Precision precision =
        options.precision().orElseGet(() -> DeviceFit.precision(configuration, options.device()));
    PackedWeights weights =
        new WeightCache(options.directory()).open(checkpoint, precision, listener);
    int slots = DeviceFit.positions(configuration, precision, options, weights.header().length());
    long bytesPerSlot = Decoder.bytesPerSlot(configuration, precision);
    Decoder decoder =
        new Decoder(
            configuration,
            PackingPlan.of(checkpoint),
            new DecoderSettings(configuration, precision, options.device(), options.reproducible()),
            options.device(),
            weights);
    if (options.threads() > 0) {
      JniUtils.setNumThreads(options.threads());
    }
    decoder.allocate(slots);
    String weightsHash =
        checkpoint.fingerprint() + "-" + precision.label() + "-v" + PackedWeights.VERSION;
    PrefixStore store =
        new PrefixStore(
            options.directory().resolve("prefixes"),
            weightsHash,
            precision == Precision.FLOAT32
                ? PackedWeights.Type.FLOAT32
                : PackedWeights.Type.BFLOAT16,
            bytesPerSlot,
            PREFIX_BYTES);
    KeyValueCache cache = new KeyValueCache(slots, decoder, store, options.reproducible());
    Scheduler scheduler =
        new Scheduler(
            decoder,
            new Tokens(tokenizer, Set.copyOf(configuration.endTokens())),
            cache,
            options.speculation(),
            options.reproducible());
    return new LocalModel(
        "%s, %s on %s".formatted(name, precision.label(), where(options.device())),
        weightsHash,
        configuration,
        tokenizer,
        template,
        decoder,
        cache,
        scheduler,
        slots,
        bytesPerSlot,
        weights.bytesOfAStep(configuration));
  }

  private static String where(Device device) {
    return switch (device) {
      case Device.Cpu() -> "CPU, %d threads".formatted(JniUtils.getNumThreads());
      case Device.Cuda(Gpu gpu) -> "GPU %d, %s".formatted(gpu.index(), gpu.name());
    };
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public String weightsHash() {
    return weightsHash;
  }

  @Override
  public int contextLength() {
    return configuration.contextLength();
  }

  /** How many positions of all sequences together the key-value cache has room for. */
  public int cachePositions() {
    return slots;
  }

  /** Memory of the key-value cache in bytes. */
  public long cacheMemory() {
    return slots * bytesPerSlot;
  }

  /** Bytes of weights that a decode step reads. */
  public long weightBytesOfAStep() {
    return weightBytesOfAStep;
  }

  /** How fast the device reads its memory, in bytes a second; takes about a second to find out. */
  public double memoryBandwidth() {
    return decoder.memoryBandwidth();
  }

  /** Tokens of prompts that were not computed because they had been before. */
  long cachedTokens() {
    return cache.cachedTokens();
  }

  /** Positions of the cache that running requests hold. */
  int heldPositions() {
    return cache.held();
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return template.encode(conversation).length;
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    return generate(request, listener, KeyValueCache.NO_ADAPTER);
  }

  /**
   * The same model with an adapter, beside its weights and in the same batches. It lasts as long as
   * this model, and closing it does nothing.
   *
   * @param name what to call it
   * @param adapter is read here, and may be closed afterwards
   * @param base the checkpoint that the model was loaded from
   * @throws UserException if the adapter is not for this model
   */
  public LanguageModel adapted(String name, LoraAdapter adapter, Checkpoint base) {
    adapter.check(base);
    return adapted(name, adapter, false);
  }

  private LanguageModel adapted(String name, LoraAdapter adapter, boolean owner) {
    int number = decoder.addAdapter(AdapterFactors.of(adapter, configuration));
    return new AdaptedModel(this, description + ", with " + name, number, owner);
  }

  List<Completion> generate(GenerationRequest request, GenerationListener listener, int adapter)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Job job = jobs.of(request, adapter, listener::isComplete);
    int[] told = new int[request.candidates()];
    scheduler.submit(job);
    try {
      while (true) {
        switch (job.events().take()) {
          case GenerationEvent.Text(int candidate, String text) -> {
            told[candidate] += text.length();
            listener.onText(candidate, text);
          }
          case GenerationEvent.Step(List<Completion> soFar) -> {
            if (listener.cancelled()) {
              // What was decoded meanwhile is not part of it.
              tellRest(soFar, told, listener);
              return soFar;
            }
          }
          case GenerationEvent.Done(List<Completion> completions) -> {
            return completions;
          }
          case GenerationEvent.Failed(Throwable cause) ->
              throw new IllegalStateException("the model failed", cause);
        }
      }
    } finally {
      job.cancel();
    }
  }

  /** Text that was held back in case it became a stop string. */
  private static void tellRest(
      List<Completion> completions, int[] told, GenerationListener listener) {
    for (int candidate = 0; candidate < told.length; candidate++) {
      String rest = completions.get(candidate).text().substring(told[candidate]);
      if (!rest.isEmpty()) {
        listener.onText(candidate, rest);
      }
    }
  }

  @Override
  public void close() {
    scheduler.close();
    constraints.close();
    decoder.close();
    tokenizer.close();
  }
}
