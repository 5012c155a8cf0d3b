/** Readers of model files: GGUF, and Hugging Face directories with safetensors. */
@NullMarked
package dev.mallard.generator.checkpoint;

import org.jspecify.annotations.NullMarked;
