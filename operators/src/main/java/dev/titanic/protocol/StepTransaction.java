package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Aggregated;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Message.Ready;
import dev.titanic.schemas.edge.Message.Start;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.Round;
import dev.titanic.schemas.state.RunState;
import dev.titanic.schemas.state.Turn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A training step of one owner or of several at once: begin, prepared, commit or abort,
 * acknowledged.
 *
 * <p>Several owners start only when all of them have their data. Where their gradients are summed,
 * that is done between the last report and the commit, so that every copy of the first partition
 * gets the same gradients and the same factor.
 */
final class StepTransaction extends OpenTransaction {
  private enum Phase {
    READING,
    COMPUTING,
    AGGREGATING,
    DECIDED
  }

  private final RunPlan plan;
  private final long step;
  private final List<StepShare> shares;
  private final List<String> maskingKeys;
  private final StepReports reports;
  private final Readiness readiness;
  private final Map<Address, SquaredNorms> summed = new LinkedHashMap<>();
  private final StepWork work;
  private Phase phase;

  /** Whether no owner had data left. */
  private boolean exhausted;

  /** Whether the step's data is read and not trained on, because one owner has all of it. */
  private boolean passesOver;

  private @Nullable Clipping clipping;
  private @Nullable Acknowledgements acknowledgements;

  /**
   * @param shares of the owners in the order of the transaction's route
   * @param maskingKeys in the same order; none when nothing is masked
   */
  StepTransaction(
      Transaction transaction,
      Outbox outbox,
      RunPlan plan,
      long step,
      List<StepShare> shares,
      List<String> maskingKeys) {
    super(transaction, outbox);
    this.plan = plan;
    this.step = step;
    this.shares = List.copyOf(shares);
    this.maskingKeys = maskingKeys;
    this.reports = new StepReports(this.shares);
    this.readiness = new Readiness(this.shares);
    this.work = new StepWork(this.shares, reports);
    this.phase = shares.size() == 1 ? Phase.COMPUTING : Phase.READING;
  }

  @Override
  void begin() {
    for (StepShare share : shares) {
      outbox.send(
          share.at(), new Begin(transaction, step, share.position(), share.microBatches().size()));
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    if (message instanceof Ready ready && phase == Phase.READING) {
      readiness.ready(from, ready.microBatches());
      return answered();
    }
    if (message instanceof Prepared report && report.vote() == Vote.STARVED) {
      readiness.starved(from);
      return answered();
    }
    if (message instanceof Prepared report && phase == Phase.COMPUTING) {
      return reported(from, report);
    }
    if (message instanceof Aggregated aggregated && phase == Phase.AGGREGATING) {
      aggregated(from, aggregated);
      return false;
    }
    if (message instanceof Acknowledged acknowledged && acknowledgements != null) {
      work.add(from, acknowledged.work());
      return acknowledgements.add(from, acknowledged);
    }
    throw unexpected(from, message);
  }

  /** Returns whether the step is over already, because nobody has data. */
  private boolean answered() {
    if (!readiness.complete()) {
      return false;
    }
    List<Address> ready = readiness.ready();
    if (!readiness.anyIsStarved()) {
      phase = Phase.COMPUTING;
      start();
    } else if (!ready.isEmpty()) {
      decide(ready, owner -> new Abort(transaction));
    }
    return ready.isEmpty();
  }

  /** Nobody starts where the sum over all would be one owner's own, and nothing would hide it. */
  private void start() {
    passesOver = !maskingKeys.isEmpty() && sumsGradients() && readiness.giving().size() == 1;
    if (passesOver) {
      shares.forEach(share -> outbox.send(share.at(), new Start(transaction, List.of(), 0)));
      return;
    }
    readiness
        .numbered()
        .forEach(
            (owner, indices) ->
                outbox.send(owner, new Start(transaction, indices, readiness.total())));
  }

  /** Returns whether the step is over already, because the only owner has no data left. */
  private boolean reported(Address from, Prepared report) {
    if (!reports.add(from, report)) {
      throw new ProtocolException(from + " reported twice");
    }
    if (!reports.complete()) {
      return false;
    }
    if (reports.anyIs(Vote.EXHAUSTED)) {
      exhausted = true;
      return true;
    }
    if (shares.size() > 1 && (readiness.total() == 0 || passesOver)) {
      exhausted = true;
      // the stages have heard nothing
      decide(shares.stream().map(StepShare::at).toList(), owner -> new Abort(transaction));
    } else if (reports.anyIs(Vote.NOT_FINITE)) {
      abort();
    } else if (sumsGradients()) {
      phase = Phase.AGGREGATING;
      Aggregate order = new Aggregate(transaction, Quantity.GRADIENTS, 1, false, maskingKeys);
      shares.forEach(share -> outbox.send(share.at(), order));
    } else if (shares.size() == 1) {
      commit(reports.of(shares.get(0)).squaredNorms());
    } else {
      commitEachCopy();
    }
    return false;
  }

  private boolean sumsGradients() {
    Concurrency concurrency = plan.concurrency();
    return shares.size() > 1 && concurrency != null && concurrency.sumsGradients();
  }

  private void aggregated(Address from, Aggregated aggregated) {
    if (summed.putIfAbsent(from, aggregated.squaredNorms()) != null) {
      throw new ProtocolException(from + " aggregated twice");
    }
    if (summed.size() == shares.size()) {
      // all have the same sum, so any report will do
      commit(summed.getOrDefault(shares.get(0).at(), SquaredNorms.NONE));
    }
  }

  /** Every partition takes the same factor. */
  private void commit(SquaredNorms ownerNorms) {
    SquaredNorms norms = ownerNorms.plus(reports.stageNorms());
    if (!Double.isFinite(norms.total())) {
      abort(); // finite gradients can have a sum that is not
      return;
    }
    Clipping common = Clipping.of(norms, reports.targets(), plan.clipNorm());
    clipping = common;
    decide(transaction.route().all(), partition -> commit(common.factor()));
  }

  /** Every copy of the first partition takes the mean over its own owner's targets. */
  private void commitEachCopy() {
    Clipping common = Clipping.ofCopies(reports, plan.clipNorm());
    clipping = common;
    Map<Address, Double> own = new HashMap<>();
    for (StepShare share : shares) {
      own.put(share.at(), common.factor(reports.of(share).targets()));
    }
    decide(
        transaction.route().all(),
        partition -> commit(own.getOrDefault(partition, common.factor())));
  }

  private Commit commit(double factor) {
    return new Commit(transaction, factor, plan.learningRate().at(step));
  }

  private void abort() {
    decide(transaction.route().all(), partition -> new Abort(transaction));
  }

  private void decide(List<Address> partitions, Function<Address, Message> decision) {
    phase = Phase.DECIDED;
    acknowledgements = new Acknowledgements(partitions);
    partitions.forEach(partition -> outbox.send(partition, decision.apply(partition)));
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    if (starved()) {
      journal.starved(step, names(readiness.starved()));
      return before;
    }
    if (exhausted) {
      return exhausted(before, journal);
    }
    if (clipping == null) {
      Turn turn = afterSkip(before);
      RunState after =
          before.skipped(
              reports.next(), reports.rejected(), turn, drawn(before.round(), before.turn(), turn));
      journal.stepSkipped(step, names(shares), after.skipped());
      return after;
    }
    Turn turn = plan.turns().afterStep(before.turn(), reports.next(), before.round().amounts());
    RunState after =
        before.committed(
            reports.next(),
            reports.rejected(),
            turn,
            drawn(trained(before.round()), before.turn(), turn));
    journal.stepCommitted(
        new RunJournal.StepReport(
            step,
            reports.lossSum() / reports.targets(),
            reports.targets(),
            reports.tokens(),
            reports.byOwner(),
            clipping.gradientNorm(),
            plan.learningRate().at(step),
            after.skipped(),
            after.rejected(),
            work(before.hosts())));
    return after;
  }

  private RunState exhausted(RunState before, RunJournal journal) {
    if (passesOver) {
      journal.passedOver(step, names(readiness.giving()), readiness.total());
    }
    Turn turn = afterSkip(before);
    if (!turn.equals(before.turn())) {
      journal.turnOver(names(shares), before.turn().steps());
    }
    return before.exhausted(
        reports.next(), reports.rejected(), turn, drawn(before.round(), before.turn(), turn));
  }

  private Turn afterSkip(RunState before) {
    return plan.turns().afterSkip(before.turn(), reports.next(), before.round().amounts());
  }

  /** Counts what was drawn; with a turn that bounds its data anew, that begins anew. */
  private Round drawn(Round before, Turn turn, Turn after) {
    if (plan.concurrency() == null) {
      return before;
    }
    boolean anew = after.number() > turn.number() && !plan.turns().sharePasses();
    return anew ? before.ended() : before.drew(readiness.drawn());
  }

  private Round trained(Round before) {
    Concurrency concurrency = plan.concurrency();
    return concurrency != null && concurrency.averagesWeights()
        ? before.trainedOn(reports.targetsByClient())
        : before;
  }

  private static String names(List<StepShare> shares) {
    return shares.stream().map(StepShare::client).collect(Collectors.joining(", "));
  }

  boolean committed() {
    return clipping != null;
  }

  /**
   * What the step took every partition, once all of them have acknowledged.
   *
   * @param hosts client of every partition, the owner's first
   */
  List<HostedWork> work(List<String> hosts) {
    return work.of(transaction.route().stagePartitions(), hosts);
  }

  /** Whether an owner's topic does not hold a whole step yet: nothing was computed. */
  boolean starved() {
    return readiness.anyIsStarved();
  }

  @Override
  String waitsFor() {
    if (acknowledgements != null) {
      return acknowledgements.toString();
    }
    Stream<Address> missing =
        shares.stream()
            .map(StepShare::at)
            .filter(
                owner ->
                    switch (phase) {
                      case READING -> !readiness.has(owner);
                      case COMPUTING -> !reports.has(owner);
                      case AGGREGATING, DECIDED -> !summed.containsKey(owner);
                    });
    return "%s of %s".formatted(phase.name().toLowerCase(Locale.ROOT), missing.toList());
  }
}
