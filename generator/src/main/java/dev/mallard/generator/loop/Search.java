package dev.mallard.generator.loop;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** The search for the program of one problem; runs once. */
final class Search {
  /** Programs that must be there to agree on tests. */
  private static final int FEWEST_TO_AGREE = 5;

  /** What is said of a program that passes by heart. */
  private static final Feedback CONSTANT =
      new Feedback(
          "The program gives the same result whatever it is given. It must work out the result from"
              + " its arguments, for all of them and not only for the examples.");

  private final LoopSettings settings;
  private final ModelSession session;
  private final Judge judge;
  private final FeedbackStrategy feedback;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final Workshop workshop;
  private final Random seeds;
  private final TurnPlanner planner;
  private final Ranking ranking;
  private final Attempts attempts;
  private final List<Attempt> leaders = new ArrayList<>();
  private Problem problem;

  Search(
      Problem problem,
      LoopSettings settings,
      ModelSession session,
      Judge judge,
      FeedbackStrategy feedback,
      Demonstrations demonstrations,
      InstantSource clock,
      Consumer<Event> events) {
    this.problem = problem;
    this.settings = settings;
    this.session = session;
    this.judge = judge;
    this.clock = clock;
    this.events = events;
    this.seeds = new Random(settings.seed());
    this.workshop = new Workshop(problem, settings, session, demonstrations);
    this.feedback = workshop.withGrammar(feedback);
    this.planner = new TurnPlanner(settings);
    this.ranking = new Ranking(agreement());
    this.attempts = new Attempts(judge, events);
  }

  /**
   * Searches.
   *
   * @param given a program to begin with
   */
  Outcome run(Optional<String> given) throws InterruptedException {
    Instant start = clock.instant();
    events.accept(
        new Event.Started(
            problem, session.model().description(), session.model().weightsHash(), settings));
    try {
      if (given.isPresent()) {
        learn(List.of(attempts.given(given.get(), problem.visibleTests())));
      }
      boolean proposed = proposes();
      Ending ending = search();
      Optional<Attempt> best = ranking.best().filter(attempt -> !attempt.program().isEmpty());
      Outcome outcome =
          new Outcome(
              best,
              hiddenTests(best),
              new Transcript(attempts.all()),
              leaders,
              ending,
              proposed,
              session.usage(),
              Duration.between(start, clock.instant()));
      events.accept(outcome.solved() ? new Event.Solved(outcome) : new Event.GaveUp(outcome));
      return outcome;
    } catch (InterruptedException e) {
      events.accept(new Event.Cancelled());
      throw e;
    }
  }

  private Ending search() throws InterruptedException {
    for (int turn = 1; turn <= settings.maxTurns(); turn++) {
      if (ranking.solved()) {
        return Ending.PASSED;
      }
      if (planner.standsStill()) {
        return ended(Ending.REPEATS);
      }
      if (!turn(turn)) {
        return ended(session.isLate() ? Ending.TIME : Ending.TOKENS);
      }
      if (proposes() && !agreeOnTests(turn)) {
        return Ending.NO_TESTS;
      }
      leaders.add(ranking.best().orElseThrow());
    }
    return ended(Ending.TURNS);
  }

  /** What became of the search when it may spend no more. */
  private Ending ended(Ending reason) {
    if (ranking.solved()) {
      return Ending.PASSED;
    }
    return ranking.passes() ? Ending.DOUBTFUL : reason;
  }

  private Optional<Report> hiddenTests(Optional<Attempt> best) throws InterruptedException {
    if (best.isEmpty() || problem.hiddenTests().isEmpty()) {
      return Optional.empty();
    }
    Report report = judge.run(best.get().program(), problem.hiddenTests());
    events.accept(new Event.HiddenTestsRun(report));
    return Optional.of(report);
  }

  /** Writes and runs the programs of a turn; false if the budget does not allow any. */
  private boolean turn(int turn) throws InterruptedException {
    TurnPlanner.Plan plan = planner.plan(turn);
    List<Commission> repairs = repairs(turn, plan);
    TurnKind kind = repairs.isEmpty() ? TurnKind.FRESH : TurnKind.REPAIR;
    int samples = samples();
    events.accept(new Event.TurnStarted(turn, kind, samples, plan.sampling().temperature()));
    List<Commission> commissions =
        repairs.isEmpty()
            ? List.of(
                new Commission(workshop.fresh(), 0, samples, plan.sampling(), seeds.nextLong()))
            : repairs;
    for (Commission commission : repairs) {
      Repair repair = commission.repair().orElseThrow();
      events.accept(
          new Event.FeedbackGiven(
              turn,
              repair.attempt(),
              repair.feedback(),
              commission.firstCandidate(),
              commission.candidates()));
    }
    List<Optional<ModelSession.Answers>> answers = workshop.write(turn, commissions, events);
    List<Attempt> news = new ArrayList<>();
    for (int i = 0; i < commissions.size(); i++) {
      if (answers.get(i).isPresent()) {
        ModelSession.Answers some = answers.get(i).get();
        int candidate = commissions.get(i).firstCandidate();
        for (Completion completion : some.completions()) {
          news.add(
              attempts.judge(
                  new Attempts.Origin(turn, candidate++, kind, some.elapsed()),
                  completion,
                  workshop.extract(completion.text()),
                  problem.visibleTests()));
        }
      }
    }
    if (!news.isEmpty()) {
      learn(news);
    }
    return !news.isEmpty();
  }

  private Agreement agreement() {
    return new Agreement(problem, judge, settings.seed());
  }

  /** Whether the model is still to propose tests. */
  private boolean proposes() {
    return problem.visibleTests().isEmpty() && settings.proposals();
  }

  private int samples() {
    return proposes() ? Math.max(settings.samples(), FEWEST_TO_AGREE) : settings.samples();
  }

  private void learn(List<Attempt> news) throws InterruptedException {
    ranking.add(news);
    planner.learn(news, ranking);
  }

  /** A program and what is said of it. */
  record Repair(Attempt attempt, Feedback feedback) {}

  /**
   * Programs that the model is asked for in one request.
   *
   * @param firstCandidate the place of the first of them in the turn
   */
  record Commission(
      Prompt prompt,
      int firstCandidate,
      int candidates,
      Sampling sampling,
      long seed,
      Optional<Repair> repair) {
    Commission(Prompt prompt, int firstCandidate, int candidates, Sampling sampling, long seed) {
      this(prompt, firstCandidate, candidates, sampling, seed, Optional.empty());
    }
  }

  /** The repairs of a plan, of those programs whose repair fits into the model's context. */
  private List<Commission> repairs(int turn, TurnPlanner.Plan plan) throws InterruptedException {
    List<Commission> commissions = new ArrayList<>();
    int number = Math.min(plan.repaired().size(), settings.samples());
    int first = 0;
    for (int i = 0; i < number; i++) {
      Attempt attempt = plan.repaired().get(i);
      int candidates = settings.samples() * (i + 1) / number - settings.samples() * i / number;
      Feedback text =
          ranking.seemsConstant(attempt)
              ? CONSTANT
              : feedback.explain(new SessionInvestigation(turn, problem, attempt, judge, session));
      Optional<Prompt> prompt = workshop.repair(attempt.program(), text);
      if (prompt.isPresent()) {
        commissions.add(
            new Commission(
                prompt.get(),
                first,
                candidates,
                plan.sampling(),
                seeds.nextLong(),
                Optional.of(new Repair(attempt, text))));
        first += candidates;
      }
    }
    return commissions;
  }

  /** Has the model propose tests; those that its programs agree on become the visible ones. */
  private boolean agreeOnTests(int turn) throws InterruptedException {
    TestProposals proposals = new TestProposals(problem, judge, session, workshop);
    Optional<TestProposals.Agreed> agreed =
        proposals.agree(turn, attempts.all(), settings, seeds.nextLong());
    if (agreed.isEmpty()) {
      return false;
    }
    events.accept(new Event.TestsProposed(agreed.get().kept(), agreed.get().dropped()));
    problem = problem.withVisibleTests(agreed.get().suite());
    workshop.turnTo(problem);
    ranking.restart(agreement());
    learn(attempts.judgeAgain(problem.visibleTests()));
    return true;
  }
}
