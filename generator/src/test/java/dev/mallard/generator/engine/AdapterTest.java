package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.LoraAdapter;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.model.Sampling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model with an adapter answers as one whose weights the adapter was merged into. */
class AdapterTest {
  private static final int RANK = 3;
  private static final double ALPHA = 6;

  @TempDir Path directory;

  @Test
  void givesWhatMergedWeightsGive() throws Exception {
    Checkpoint base = RandomCheckpoint.small();
    Path first = write("first", 1, List.of("q_proj", "v_proj", "down_proj"));
    Path second = write("second", 2, List.of("k_proj", "o_proj", "gate_proj", "up_proj"));
    Completion plain;
    Completion withFirst;
    Completion withSecond;
    try (LocalModel model = load(base);
        LoraAdapter one = LoraAdapter.open(first);
        LoraAdapter other = LoraAdapter.open(second)) {
      LanguageModel adapted = model.adapted("first", one, base);
      LanguageModel otherwise = model.adapted("second", other, base);
      plain = generate(model);
      withFirst = generate(adapted);
      withSecond = generate(otherwise);
      assertThat(adapted.description()).endsWith("with first");
      // Nothing of one is found in the cache by another.
      assertThat(generate(model).text()).isEqualTo(plain.text());
      assertThat(generate(adapted).text()).isEqualTo(withFirst.text());
    }
    assertThat(Set.of(plain.text(), withFirst.text(), withSecond.text())).hasSize(3);
    assertEqual(withFirst, generateMerged(base, first));
    assertEqual(withSecond, generateMerged(base, second));
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "INT8"})
  void standsBesideQuantisedWeights(Precision precision) throws Exception {
    Checkpoint base = RandomCheckpoint.small();
    Path folder = write("adapter", 1, List.of("q_proj", "v_proj", "o_proj", "down_proj"));
    Checkpoint rounded = precision == Precision.INT8 ? new Int8Checkpoint(base) : base;
    double plain;
    double adapted;
    try (LocalModel model = load(base, precision);
        LoraAdapter adapter = LoraAdapter.open(folder)) {
      plain = firstToken(model);
      adapted = firstToken(model.adapted("adapter", adapter, base));
    }
    try (LoraAdapter adapter = LoraAdapter.open(folder);
        LocalModel merged = load(new Merged(rounded, adapter, "rounded"), Precision.FLOAT32)) {
      assertThat(adapted).isCloseTo(firstToken(merged), within(0.06));
    }
    assertThat(Math.abs(adapted - plain)).isGreaterThan(0.1);
  }

  private static double firstToken(LanguageModel model) throws InterruptedException {
    return generate(model, 1).logProbability();
  }

  private static void assertEqual(Completion actual, Completion expected) {
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.logProbability()).isCloseTo(expected.logProbability(), within(1e-3));
  }

  private Completion generateMerged(Checkpoint base, Path folder) throws InterruptedException {
    try (LoraAdapter adapter = LoraAdapter.open(folder);
        LocalModel model = load(new Merged(base, adapter, folder.getFileName().toString()))) {
      return generate(model);
    }
  }

  private LocalModel load(Checkpoint checkpoint) {
    return load(checkpoint, Precision.FLOAT32);
  }

  private LocalModel load(Checkpoint checkpoint, Precision precision) {
    return LocalModel.load(
        "random",
        checkpoint,
        new ByteTokenizer(),
        messages -> new ByteTokenizer().encode(messages.getLast().content()),
        new LocalModelOptions(precision, 1, directory),
        LoadListener.SILENT);
  }

  private static Completion generate(LanguageModel model) throws InterruptedException {
    return generate(model, 25);
  }

  private static Completion generate(LanguageModel model, int tokens) throws InterruptedException {
    return model
        .generate(
            new GenerationRequest(
                List.of(Message.user("quack quack duck")),
                1,
                tokens,
                Sampling.GREEDY,
                1,
                List.of()),
            GenerationListener.SILENT)
        .getFirst();
  }

  /** The base's weights with the adapter's product added, row by row. */
  private static final class Merged extends DelegatingCheckpoint {
    private final LoraAdapter adapter;
    private final String name;

    Merged(Checkpoint base, LoraAdapter adapter, String name) {
      super(base);
      this.adapter = adapter;
      this.name = name;
    }

    @Override
    public void readRows(String tensor, int firstRow, int rowCount, float[] destination) {
      exact().readRows(tensor, firstRow, rowCount, destination);
      adapter
          .update(tensor)
          .ifPresent(update -> {
            for (int row = 0; row < rowCount; row++) {
              for (int column = 0; column < update.inputs(); column++) {
                double sum = 0;
                for (int i = 0; i < update.rank(); i++) {
                  sum +=
                      (double) update.b()[(firstRow + row) * update.rank() + i]
                          * update.a()[i * update.inputs() + column];
                }
                destination[row * update.inputs() + column] += (float) (update.scale() * sum);
              }
            }
          });
    }

    @Override
    public String fingerprint() {
      return "merged-" + name;
    }
  }

  private Path write(String name, int seed, List<String> modules) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(
        folder.resolve("adapter_config.json"),
        "{\"peft_type\": \"LORA\", \"r\": %d, \"lora_alpha\": %s, \"target_modules\": [\"%s\"]}"
            .formatted(RANK, ALPHA, String.join("\", \"", modules)));
    Random random = new Random(seed);
    List<String> entries = new ArrayList<>();
    ByteBuffer data = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    Checkpoint base = RandomCheckpoint.small();
    for (int layer = 0; layer < base.configuration().layers(); layer++) {
      for (String module : modules) {
        String part = module.endsWith("o_proj") || module.length() == 6 ? "self_attn" : "mlp";
        String tensor = "model.layers.%d.%s.%s".formatted(layer, part, module);
        List<Integer> shape = base.shape(tensor + ".weight");
        add(entries, data, random, tensor + ".lora_A", RANK, shape.get(1));
        add(entries, data, random, tensor + ".lora_B", shape.get(0), RANK);
      }
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header).put(data.flip());
    Files.write(folder.resolve("adapter_model.safetensors"), file.array());
    return folder;
  }

  private static void add(
      List<String> entries, ByteBuffer data, Random random, String name, int rows, int columns) {
    int start = data.position();
    for (int i = 0; i < rows * columns; i++) {
      data.putFloat((float) (random.nextGaussian() * 0.1));
    }
    entries.add(
        "\"base_model.model.%s.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
            .formatted(name, rows, columns, start, data.position()));
  }
}
