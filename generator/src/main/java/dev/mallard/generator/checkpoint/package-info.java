/**
 * Readers of model files: GGUF, Hugging Face folders with safetensors or PyTorch files, and LoRA
 * adapters.
 */
@NullMarked
package dev.mallard.generator.checkpoint;

import org.jspecify.annotations.NullMarked;
