package dev.mallard.generator.remote;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation: asks for all candidates in one request where the server can do that, else for
 * each in one of its own, and puts together what comes. All but the reading is on the calling
 * thread.
 */
final class Generation {
  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

  /** How many requests of one candidate the server has at once; the others wait here. */
  private static final int PLACES = 8;

  private static final int LONGEST_QUEUE = 256;
  private static final long TICK_MILLIS = 50;

  private final Connection connection;
  private final Retries retries;
  private final ServerTraits traits;
  private final ChatRequest whole;
  private final GenerationListener listener;
  private final List<Candidate> candidates;
  private final int[] promptTokens;
  private final int[] tokens;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final Semaphore places = new Semaphore(PLACES);
  private final Set<Call> calls = new LinkedHashSet<>();
  private final Map<Call, Chunk.Usage> usages = new HashMap<>();

  Generation(
      Connection connection,
      Retries retries,
      ServerTraits traits,
      String model,
      GenerationRequest request,
      int maxTokens,
      GenerationListener listener) {
    this.connection = connection;
    this.retries = retries;
    this.traits = traits;
    this.whole = new ChatRequest(model, request, maxTokens, 0, request.candidates(), true, true);
    this.listener = listener;
    this.candidates =
        IntStream.range(0, request.candidates())
            .mapToObj(i -> new Candidate(request.stops(), maxTokens))
            .toList();
    this.promptTokens = new int[candidates.size()];
    this.tokens = new int[candidates.size()];
    Arrays.fill(promptTokens, TokenEstimate.of(request.conversation()));
    Arrays.fill(tokens, -1);
  }

  List<Completion> run() throws InterruptedException {
    try {
      // vLLM refuses several greedy candidates, as they would be the same.
      if (candidates.size() == 1 || traits.single() || whole.generation().sampling().greedy()) {
        IntStream.range(0, candidates.size()).forEach(this::askForOne);
      } else {
        ask(whole);
      }
      while (!calls.isEmpty() && !listener.cancelled()) {
        Arrival arrival = arrivals.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (arrival == null) {
          checkStalls();
        } else if (calls.contains(arrival.call())) {
          take(arrival);
        }
      }
    } catch (RemoteFailure failure) {
      throw failure.forUser();
    } finally {
      calls.forEach(Call::close);
    }
    return IntStream.range(0, candidates.size()).mapToObj(this::completion).toList();
  }

  private void askForOne(int candidate) {
    ask(
        new ChatRequest(
            whole.model(), whole.generation(), whole.maxTokens(), candidate, 1, true, true));
  }

  private void ask(ChatRequest request) {
    calls.add(new Call(request, connection, retries, traits, places, arrivals).start());
  }

  private static boolean mayComplete(Candidate candidate, Chunk.Choice choice) {
    return choice.text().chars().anyMatch(GenerationListener::isAskedAfter)
        || candidate.tokensSeen() % GenerationListener.TOKENS_BETWEEN_QUESTIONS == 0;
  }

  private void checkStalls() throws RemoteFailure {
    for (Call call : List.copyOf(calls)) {
      Optional<Duration> patience = call.stalled();
      if (patience.isPresent()) {
        fail(call, call.failures().stalled(patience.get()));
      }
    }
  }

  private void take(Arrival arrival) throws RemoteFailure {
    switch (arrival) {
      case Arrival.Came came -> take(came.call(), came.chunk());
      case Arrival.Ended ended -> end(ended.call());
      case Arrival.Failed failed -> fail(failed.call(), failed.failure());
      case Arrival.Broke broke -> throw new IllegalStateException(broke.cause());
    }
  }

  private void take(Call call, Chunk chunk) {
    ChatRequest request = call.request();
    for (Chunk.Choice choice : chunk.choices()) {
      if (choice.index() >= 0 && choice.index() < request.choices()) {
        int number = request.first() + choice.index();
        Candidate candidate = candidates.get(number);
        candidate.add(choice);
        if (!candidate.finished()
            && mayComplete(candidate, choice)
            && listener.isComplete(candidate.text())) {
          candidate.suffice();
        }
        release(number);
      }
    }
    chunk.usage().ifPresent(usage -> usages.put(call, usage));
    List<Candidate> asked = asked(call);
    if (asked.stream().allMatch(Candidate::finished)
        && asked.stream().anyMatch(Candidate::cutShort)) {
      drop(call);
    }
  }

  private List<Candidate> asked(Call call) {
    return candidates.subList(
        call.request().first(), call.request().first() + call.request().choices());
  }

  private void drop(Call call) {
    calls.remove(call);
    call.close();
  }

  private void release(int number) {
    String more = candidates.get(number).release();
    if (!more.isEmpty()) {
      listener.onText(number, more);
    }
  }

  /** Shares the tokens of an answer out among its completions, by what is seen of each. */
  private void count(List<Integer> numbers, Chunk.Usage usage) {
    long seen = numbers.stream().mapToLong(number -> candidates.get(number).tokensSeen()).sum();
    long before = 0;
    long given = 0;
    for (int number : numbers) {
      before += candidates.get(number).tokensSeen();
      long upTo =
          before == seen ? usage.completionTokens() : usage.completionTokens() * before / seen;
      tokens[number] = (int) (upTo - given);
      promptTokens[number] = usage.promptTokens();
      given = upTo;
    }
  }

  private void end(Call call) throws RemoteFailure {
    drop(call);
    List<Integer> answered = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < call.request().choices(); i++) {
      int number = call.request().first() + i;
      Candidate candidate = candidates.get(number);
      (candidate.begun() ? answered : missing).add(number);
      if (candidate.begun()) {
        candidate.finish(Finish.END);
        release(number);
      }
    }
    if (answered.isEmpty()) {
      throw call.failures().nothing();
    }
    Optional.ofNullable(usages.get(call)).ifPresent(usage -> count(answered, usage));
    if (!missing.isEmpty()) {
      LOG.debug("{} ignores n", connection.endpoint());
      askForEach(missing);
    }
  }

  private void fail(Call call, RemoteFailure failure) throws RemoteFailure {
    boolean nothing = asked(call).stream().noneMatch(Candidate::begun);
    if (asked(call).stream().allMatch(Candidate::finished)) {
      LOG.debug("all is there, but the answer does not end well", failure);
      end(call);
    } else if (nothing && asked(call).size() > 1 && ServerTraits.refusesSeveral(failure)) {
      LOG.debug("{} refuses n", connection.endpoint(), failure);
      drop(call);
      askForEach(IntStream.range(0, candidates.size()).boxed().toList());
    } else {
      throw failure;
    }
  }

  private void askForEach(List<Integer> numbers) {
    traits.foundSingle();
    numbers.forEach(this::askForOne);
  }

  private Completion completion(int number) {
    Candidate candidate = candidates.get(number);
    candidate.finish(Finish.CANCELLED);
    release(number);
    return candidate.completion(
        promptTokens[number], tokens[number] >= 0 ? tokens[number] : candidate.tokensSeen());
  }
}
