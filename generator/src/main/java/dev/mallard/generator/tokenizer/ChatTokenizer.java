package dev.mallard.generator.tokenizer;

/** A model's tokenizer, and how it writes conversations. */
public record ChatTokenizer(Tokenizer tokenizer, ChatTemplate chatTemplate)
    implements AutoCloseable {

  @Override
  public void close() {
    tokenizer.close();
  }
}
