package dev.mallard.generator.catalogue;

import java.nio.file.Path;
import java.util.List;

/**
 * The model to run.
 *
 * @param name for people
 * @param checkpoint what to load: a GGUF file, or a folder with a Hugging Face checkpoint
 * @param notes sentences that the user should read about how it was chosen
 */
public record ModelChoice(String name, Path checkpoint, List<String> notes) {
  public ModelChoice {
    notes = List.copyOf(notes);
  }
}
