package dev.mallard.generator.engine;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import java.util.List;

/**
 * A model whose sequences are read with an adapter.
 *
 * @param base without it
 * @param description of both
 * @param adapter its number in the decoder
 * @param owner whether closing this closes the base
 */
record AdaptedModel(LocalModel base, String description, int adapter, boolean owner)
    implements LanguageModel {
  @Override
  public String weightsHash() {
    return base.weightsHash();
  }

  @Override
  public int contextLength() {
    return base.contextLength();
  }

  @Override
  public int countTokens(List<Message> conversation) {
    return base.countTokens(conversation);
  }

  @Override
  public List<Completion> generate(GenerationRequest request, GenerationListener listener)
      throws InterruptedException {
    return base.generate(request, listener, adapter);
  }

  @Override
  public void close() {
    if (owner) {
      base.close();
    }
  }
}
