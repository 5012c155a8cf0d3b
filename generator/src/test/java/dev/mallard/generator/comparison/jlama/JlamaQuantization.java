package dev.mallard.generator.comparison.jlama;

import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes the folder that Jlama is fastest with of a Hugging Face one, as {@code jlama quantize}
 * does: matrices in blocks of 4 bits a weight, embedding left alone. Arguments: both folders.
 */
public final class JlamaQuantization {
  private static final String[] LEFT_ALONE = {"embed_tokens"};

  private JlamaQuantization() {}

  public static void main(String[] arguments) throws IOException {
    SafeTensorSupport.quantizeModel(
        Path.of(arguments[0]),
        DType.Q4,
        LEFT_ALONE,
        new String[0],
        Optional.of(Path.of(arguments[1])));
  }
}
