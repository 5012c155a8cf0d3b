package dev.mallard.generator.tokenizer;

/** What a model without a chat template of its own gets. */
final class DefaultTemplate {

  /** ChatML, for vocabularies that have its tokens. */
  static final String CHAT_ML =
      """
      {% for message in messages %}
      {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
      {%- endfor %}
      {{- '<|im_start|>assistant\\n' }}
      """;

  /** Headings in plain text, for all others. */
  static final String PLAIN =
      """
      {% for message in messages %}
      {%- if message.role == 'system' %}
      {{- message.content + '\\n\\n' }}
      {%- elif message.role == 'user' %}
      {{- '### Instruction:\\n' + message.content + '\\n\\n' }}
      {%- else %}
      {{- '### Response:\\n' + message.content + '\\n\\n' }}
      {%- endif %}
      {%- endfor %}
      {{- '### Response:\\n' }}
      """;

  private DefaultTemplate() {}

  /** The default for a vocabulary. */
  static String of(AddedTokens tokens) {
    return tokens.find("<|im_start|>").isPresent() && tokens.find("<|im_end|>").isPresent()
        ? CHAT_ML
        : PLAIN;
  }
}
