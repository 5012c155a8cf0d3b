package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Purpose;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Language;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model is asked, and answers, as JSON, and back. */
final class RequestJson {
  private RequestJson() {}

  static ObjectNode put(ObjectNode node, Event.Asked asked) {
    GenerationRequest request = asked.request();
    Sampling sampling = request.sampling();
    node.put("turn", asked.turn())
        .put("purpose", asked.purpose().label())
        .put("candidates", request.candidates())
        .put("max_tokens", request.maxTokens())
        .put("seed", request.seed())
        .put("held_to_grammar", request.form().isPresent());
    node.putObject("sampling")
        .put("temperature", sampling.temperature())
        .put("top_k", sampling.topK())
        .put("top_p", sampling.topP())
        .put("min_p", sampling.minP());
    request.stops().forEach(node.putArray("stops")::add);
    ArrayNode conversation = node.putArray("conversation");
    for (Message message : request.conversation()) {
      conversation
          .addObject()
          .put("role", message.role().label())
          .put("content", message.content());
    }
    return node;
  }

  static ObjectNode put(ObjectNode node, Event.Answered answered) {
    node.put("turn", answered.turn())
        .put("purpose", answered.purpose().label())
        .put("seconds", Seconds.of(answered.elapsed()));
    ArrayNode completions = node.putArray("completions");
    for (Completion completion : answered.completions()) {
      AttemptJson.put(completions.addObject(), completion);
    }
    return node;
  }

  /** What is asked; the grammar that an answer is held to is that of the problem's language. */
  static Event.Asked asked(JsonFields fields, Language language) {
    JsonFields sampling = fields.object("sampling");
    GenerationRequest request =
        new GenerationRequest(
            fields.objects("conversation").stream().map(RequestJson::message).toList(),
            fields.integer("candidates"),
            fields.integer("max_tokens"),
            new Sampling(
                sampling.number("temperature"),
                sampling.integer("top_k"),
                sampling.number("top_p"),
                sampling.number("min_p")),
            fields.whole("seed"),
            fields.texts("stops"));
    return new Event.Asked(
        fields.integer("turn"),
        fields.oneOf("purpose", Purpose.values()),
        fields.truth("held_to_grammar") ? request.in(form(language)) : request);
  }

  private static FencedProgram form(Language language) {
    return language
        .grammar()
        .map(grammar -> new FencedProgram(language.label(), grammar))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "it is held to a grammar, and %s has none".formatted(language.displayName())));
  }

  private static Message message(JsonFields fields) {
    return new Message(fields.oneOf("role", Message.Role.values()), fields.text("content"));
  }

  static Event.Answered answered(JsonFields fields) {
    return new Event.Answered(
        fields.integer("turn"),
        fields.oneOf("purpose", Purpose.values()),
        fields.objects("completions").stream().map(AttemptJson::completion).toList(),
        fields.seconds("seconds"));
  }
}
