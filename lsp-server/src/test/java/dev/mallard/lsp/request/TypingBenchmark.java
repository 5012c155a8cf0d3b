package dev.mallard.lsp.request;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.mallard.lsp.document.PositionEncoding;
import dev.mallard.lsp.document.TextDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * Types into a document while the server has a model write, and measures how long requests that
 * need no model wait for their answers. Each key is a change of the document and one request; the
 * keys are letters, line breaks, emoji and combining characters, at random places. At the end the
 * server's text must be the editor's. The first keys are not measured.
 */
public final class TypingBenchmark {
  private static final String URI = "file:///typing/typing.py";
  private static final List<String> KEYS =
      List.of("a", "b", "x", " ", "\n", "é", "e\u0301", "🦆", "👩‍👩‍👧", "日", "𝄞", "\u0301");

  /** Seconds of typing that are not measured: Java's compiler is at work. */
  private static final int WARM_UP_SECONDS = 10;

  private static final String STUB =
      """
      def interleave(first, second):
          \"""Interleaves two lists of any lengths, beginning with the first, and adds what is left.\"""
          pass


      assert interleave([1, 2], [3]) == [1, 3, 2]
      assert interleave([], [3, 4]) == [3, 4]
      assert interleave([1], [2, 3, 4]) == [1, 2, 3, 4]

      """;

  private TypingBenchmark() {}

  /**
   * Measures.
   *
   * @param arguments seconds; keys a second; the server's command
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int rate = Integer.parseInt(arguments[1]);
    Process server =
        new ProcessBuilder(Arrays.asList(arguments).subList(2, arguments.length))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    RawClient client = new RawClient(server.getInputStream(), server.getOutputStream());
    try {
      measure(client, seconds, rate);
      client.ask("shutdown", "null");
      client.sendNotification("exit", "null");
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  private static void measure(RawClient client, int seconds, int rate) throws Exception {
    client.ask(
        "initialize",
        """
        {"processId":null,"rootUri":null,"initializationOptions":{"maxTurns":1000,"runTests":"manual"},
         "capabilities":{"window":{"workDoneProgress":false}}}\
        """);
    client.sendNotification("initialized", "{}");
    StringBuilder start = new StringBuilder(STUB);
    for (int i = 0; i < 40; i++) {
      start.append(
          "\ndef helper_%d(x):\n    \"\"\"Adds %d.\"\"\"\n    return x + %d\n".formatted(i, i, i));
    }
    TextDocument document =
        TextDocument.of(URI, "python", 1, PositionEncoding.UTF_16, start.toString());
    client.open(URI, "python", document.text());
    int generation =
        client.sendRequest(
            "workspace/executeCommand",
            "{\"command\":\"mallard.generate\",\"workDoneToken\":\"typing\",\"arguments\":[{\"uri\":\"%s\",\"problem\":\"interleave\"}]}"
                .formatted(URI));
    client.told("the model writes");

    Map<String, List<Double>> millis = new TreeMap<>();
    Map<Integer, Sent> sent = new HashMap<>();
    Random random = new Random(7);
    long period = 1_000_000_000L / rate;
    long begin = System.nanoTime();
    int warmUp = WARM_UP_SECONDS * rate;
    int keys = seconds * rate;
    int ended = 0;
    for (int key = 0; key < warmUp + keys; key++) {
      if (key == warmUp) {
        millis.clear();
      }
      document = type(client, document, random);
      String method = REQUESTS.get(key % REQUESTS.size());
      long now = System.nanoTime();
      sent.put(client.sendRequest(method, parameters(document, random)), new Sent(method, now));
      long due = begin + (key + 1) * period;
      while (System.nanoTime() < due) {
        ended += take(client.within(due - System.nanoTime()), sent, millis, generation);
      }
    }
    while (!sent.isEmpty()) {
      ended += take(client.within(60_000_000_000L), sent, millis, generation);
    }
    JsonObject answer = client.ask("mallard/viewText", "{\"uri\":\"%s\"}".formatted(URI));
    String text = answer.get("result").getAsString();

    System.out.printf(
        "%d keys at %d a second, while the model %s%n%n",
        keys, rate, ended == 0 ? "was writing" : "was writing FOR A PART OF THE TIME ONLY");
    System.out.println("| request | answers | median ms | p99 ms | longest ms |");
    System.out.println("|---|---|---|---|---|");
    List<Double> all = new ArrayList<>();
    millis.forEach((method, times) -> {
      all.addAll(times);
      row(method, times);
    });
    row("all", all);
    System.out.printf(
        "%nThe server's text %s the editor's: %,d characters.%n",
        text.equals(document.text()) ? "is" : "IS NOT", document.text().length());
    client.sendNotification("$/cancelRequest", "{\"id\":%d}".formatted(generation));
  }

  private static final List<String> REQUESTS =
      List.of(
          "textDocument/documentSymbol",
          "textDocument/codeLens",
          "textDocument/codeAction",
          "textDocument/hover",
          "textDocument/completion");

  /** A request that has no answer yet. */
  private record Sent(String method, long nanos) {}

  /** Notes an answer; 1 if it is that of the generation. */
  private static int take(
      Optional<RawClient.Arrived> arrived,
      Map<Integer, Sent> sent,
      Map<String, List<Double>> millis,
      int generation) {
    if (arrived.isEmpty() || arrived.get().message().has("method")) {
      return 0;
    }
    int id = arrived.get().message().get("id").getAsInt();
    Sent request = sent.remove(id);
    if (request != null) {
      millis
          .computeIfAbsent(request.method(), method -> new ArrayList<>())
          .add((arrived.get().nanos() - request.nanos()) / 1e6);
    }
    return id == generation ? 1 : 0;
  }

  /** One key, somewhere behind the stub and its tests. */
  private static TextDocument type(RawClient client, TextDocument document, Random random)
      throws IOException {
    String text = document.text();
    int first = STUB.length();
    int place = first + random.nextInt(text.length() - first + 1);
    if (place < text.length() && Character.isLowSurrogate(text.charAt(place))) {
      place--;
    }
    int end = place;
    if (random.nextInt(4) == 0 && place < text.length()) {
      end = text.offsetByCodePoints(place, 1);
    }
    String key = end > place ? "" : KEYS.get(random.nextInt(KEYS.size()));
    Range range = new Range(document.position(place), document.position(end));
    TextDocumentContentChangeEvent change = new TextDocumentContentChangeEvent(range, key);
    int version = document.version() + 1;
    client.sendNotification(
        "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},\"contentChanges\":[%s]}"
            .formatted(URI, version, new Gson().toJson(change)));
    return document.changed(version, List.of(change)).document();
  }

  private static String parameters(TextDocument document, Random random) {
    Position position = document.position(random.nextInt(document.text().length()));
    JsonObject params = new JsonObject();
    JsonObject identifier = new JsonObject();
    identifier.addProperty("uri", URI);
    params.add("textDocument", identifier);
    params.add("position", new Gson().toJsonTree(position));
    params.add("range", new Gson().toJsonTree(new Range(position, position)));
    JsonObject context = new JsonObject();
    context.add("diagnostics", new JsonArray());
    context.addProperty("triggerKind", 1);
    params.add("context", context);
    return params.toString();
  }

  private static void row(String name, List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f |%n",
        name,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
        sorted[sorted.length - 1]);
  }
}
