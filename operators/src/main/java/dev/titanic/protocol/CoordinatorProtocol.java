package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Message.Resolve;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.Orders;
import dev.titanic.schemas.state.RunState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of the job: waits until every column has announced itself, then runs one transaction
 * after the other until the run is done. All that happens in a job is decided here.
 *
 * <p>At any time at most one transaction is open. A barrier may leave only while none is.
 */
public final class CoordinatorProtocol {
  private final RunPlan plan;
  private final CoordinatorPort port;
  private final RunJournal journal;
  private final RollCall rollCall;
  private final Casting casting;
  private final StageHosts stageHosts;

  private RunState state;

  /** Where the partitions are; absent before everybody has announced itself. */
  private @Nullable Whereabouts whereabouts;

  private @Nullable OpenTransaction open;
  private @Nullable Evaluation evaluation;
  private boolean awaitsBarrier;
  private boolean finished;

  public CoordinatorProtocol(
      RunPlan plan, RunState restored, CoordinatorPort port, RunJournal journal) {
    this.plan = plan;
    this.port = port;
    this.journal = journal;
    this.state = restored;
    this.rollCall = new RollCall(plan.stages() + 1, plan.clients());
    this.casting = new Casting(plan, rollCall);
    this.stageHosts = new StageHosts(plan, restored);
  }

  public void on(Address from, Message message) {
    if (message instanceof Announcement announcement) {
      rollCall.add(from, announcement);
      if (rollCall.complete()) {
        whereabouts = Whereabouts.of(rollCall, state, casting.copies());
        advance();
      }
      return;
    }
    if (message instanceof Proposal proposal) {
      consider(proposal);
      return;
    }
    if (open == null || !open.transaction.equals(message.transaction())) {
      throw new ProtocolException(
          "the coordinator got %s of transaction %s from %s outside of it"
              .formatted(TransactionGuard.kind(message), message.transaction(), from));
    }
    if (open.closes(from, message)) {
      OpenTransaction closed = open;
      open = null;
      close(closed);
    }
  }

  private void close(OpenTransaction closed) {
    state = closed.close(state, journal);
    if (closed instanceof ArrangementTransaction arrangement && whereabouts != null) {
      whereabouts.arranged(arrangement.homes());
    }
    if (closed instanceof StepTransaction step && step.committed()) {
      tellPlacement(step);
    }
    requireFewSkips();
    if (closed instanceof StepTransaction step && step.starved()) {
      port.wakeLater();
    } else {
      advance();
    }
  }

  private void tellPlacement(StepTransaction step) {
    port.send(
        Address.placement(),
        new Measured(
            step.transaction,
            state.epoch(),
            plan.turns().remaining(state.turn(), state.step()),
            rollCall.clients(),
            state.hosts(),
            step.work(state.hosts())));
  }

  /**
   * A proposal is advice: it may have crossed a move, an order or a restart, and is then about
   * hosts that are no longer.
   */
  private void consider(Proposal proposal) {
    if (proposal.epoch() == state.epoch()
        && state.orders().stageHosts().isEmpty()
        && rollCall.clients().containsAll(proposal.stageHosts())) {
      stageHosts.want(proposal);
      advance();
    }
  }

  /** Begins what is next, unless a transaction is open or a barrier is about to leave. */
  public void advance() {
    if (open != null || awaitsBarrier || whereabouts == null || finished) {
      return;
    }
    OpenTransaction next = next(whereabouts);
    if (next != null) {
      open = next;
      next.begin();
    } else if (state.exported()) {
      finished = true;
      tellEnd();
      port.end();
    }
  }

  private void tellEnd() {
    if (plan.turns().areOver(state.turn())) {
      journal.finished(state.step());
    } else {
      journal.stopped(state.step());
    }
  }

  /** What is next; null when the run is paused, or over. */
  private @Nullable OpenTransaction next(Whereabouts now) {
    Hosting hosting = hosting();
    Map<Copy, Integer> homes = casting.homes(hosting);
    Route all = casting.routeOfAll(hosting);
    if (!now.isAt(homes)) {
      journal.placing();
      return new ArrangementTransaction(
          begin(all), port, homes, now.sources(homes), now.toLoad(homes), hosting);
    }
    state = state.ordered(state.orders().withStageHosts(List.of()));
    Orders orders = state.orders();
    if (aggregationIsDue()) {
      return aggregation(begin(all));
    }
    Route route = casting.routeOfOne(hosting);
    if (orders.export() && !copyIsItsOwnersAlone()) {
      return ExportTransaction.inBetween(begin(route), port, port.openModel());
    }
    if (orders.paused() && !orders.stopping()) {
      return null;
    }
    if (evaluationIsDue()) {
      return evaluation(begin(route));
    }
    if (countIsDue(hosting) && !orders.stopping()) {
      return new CountTransaction(begin(all), port, casting.positions(hosting, state));
    }
    if (!plan.turns().areOver(state.turn()) && !orders.stopping()) {
      return new StepTransaction(
          begin(all),
          port,
          plan,
          state.step(),
          casting.shares(hosting, state),
          rollCall.maskingKeysOf(all.owners()));
    }
    if (state.step() == 0 && !orders.stopping()) {
      throw new ProtocolException(
          "no owner's topic holds a whole sequence: there was nothing to train on");
    }
    return state.exported()
        ? null
        : ExportTransaction.atTheEnd(begin(route), port, port.openModel());
  }

  private Transaction begin(Route route) {
    Transaction transaction = new Transaction(state.nextTransaction(), state.step(), route);
    state = state.transactionBegun();
    return transaction;
  }

  /**
   * Whose turn it is; of several owners at once, the first, which evaluates and is exported. What
   * is evaluated is still with the owner of the step before.
   */
  private String owner() {
    return evaluationIsDue()
        ? plan.turns().lastOwner(state.turn())
        : plan.turns().ownerOf(state.turn());
  }

  private Hosting hosting() {
    String owner = owner();
    String last = state.hosts().isEmpty() ? owner : state.hosts().get(Address.OWNER);
    if (plan.handover() == Handover.SWAP) {
      stageHosts.swap(last, owner);
    }
    Hosting placed = stageHosts.with(owner);
    Hosting wanted = owner.equals(last) ? placed : placed.because("the turn of " + owner);
    return new Substitution(rollCall.clients(), plan.memory(), casting.owners(wanted))
        .replace(wanted);
  }

  private boolean countIsDue(Hosting hosting) {
    return plan.countsData()
        && !state.round().amounts().keySet().containsAll(casting.owners(hosting))
        && !plan.turns().areOver(state.turn());
  }

  /** At the end of a round, and of a run that stops within one. */
  private boolean aggregationIsDue() {
    Concurrency concurrency = plan.concurrency();
    return concurrency != null
        && concurrency.averagesWeights()
        && state.round().aggregatedStep() < state.step()
        && (state.orders().stopping() || plan.turns().isNew(state.turn()));
  }

  /**
   * Whether the first owner's copy has been trained since the last average, and what one owner
   * alone has learned is not for the server to see: an export waits for the next average.
   */
  private boolean copyIsItsOwnersAlone() {
    Concurrency concurrency = plan.concurrency();
    return concurrency != null
        && concurrency.averagesWeights()
        && state.round().aggregatedStep() < state.step()
        && rollCall.masks();
  }

  private AggregationTransaction aggregation(Transaction transaction) {
    Concurrency concurrency = Objects.requireNonNull(plan.concurrency());
    return new AggregationTransaction(
        transaction,
        port,
        concurrency.owners(),
        state.round().targets(),
        concurrency.resetOptimizer(),
        rollCall.maskingKeysOf(transaction.route().owners()));
  }

  private boolean evaluationIsDue() {
    return plan.evaluation().enabled()
        && state.evaluatedStep() < state.step()
        && (state.orders().stopping() || plan.evaluatesAfter(state.step(), state.turn()));
  }

  private EvaluationTransaction evaluation(Transaction transaction) {
    String after = plan.describe(state.turn(), state.step());
    if (evaluation == null || !evaluation.isOf(state.step(), after)) {
      evaluation = new Evaluation(state.step(), after, plan.evaluation().maxSequences());
    }
    return new EvaluationTransaction(
        transaction, port, evaluation, evaluation.next(plan.evaluation().sequencesAtATime()));
  }

  private void requireFewSkips() {
    if (state.skippedInARow() > plan.skipLimit()) {
      throw new ProtocolException(
          "%d steps in a row had a loss or gradient that is not finite, at step %d; try a lower"
                  .formatted(state.skippedInARow(), state.step())
              + " learning rate, or look at the data");
    }
  }

  /**
   * Asks for other hosts of the stages; takes effect before the next step.
   *
   * @param why for people
   */
  public void place(List<String> hosts, String why) {
    stageHosts.want(hosts, why);
    advance();
  }

  /**
   * Moves stages to clients that are named, before the next step. Unlike a proposal, it is done
   * whatever happens in between.
   *
   * @param moves client by the stage's name
   * @throws RefusedOrder when there is no such stage or client, or no memory
   */
  public void move(Map<String, String> moves) throws RefusedOrder {
    List<String> present = whereabouts == null ? plan.clients() : rollCall.clients();
    List<String> hosts =
        new OrderedMoves(plan, present).apply(stageHosts.with(owner()).hosts(), moves);
    List<String> ordered = hosts.subList(1, hosts.size());
    state = state.ordered(state.orders().withStageHosts(ordered));
    place(ordered, StageHosts.ORDERED);
  }

  /** Asks the placement for a look at it now. */
  public void resolve() {
    port.send(Address.placement(), new Resolve());
  }

  /** Ends the run after the open transaction, with an export. */
  public void stop() {
    order(state.orders().withStop());
  }

  /** Begins no step and no evaluation until {@link #resume()}; still moves, exports and stops. */
  public void pause() {
    order(state.orders().withPaused(true));
  }

  public void resume() {
    order(state.orders().withPaused(false));
  }

  /** Writes the model as it is after the open transaction, and goes on. */
  public void export() {
    order(state.orders().withExport(true));
  }

  private void order(Orders orders) {
    state = state.ordered(orders);
    advance();
  }

  /** No transaction begins until {@link #barrierHasLeft()}. */
  public void awaitBarrier() {
    awaitsBarrier = true;
  }

  public void barrierHasLeft() {
    awaitsBarrier = false;
    advance();
  }

  /** Whether a barrier would fall into a transaction. */
  public boolean transactionIsOpen() {
    return open != null;
  }

  public RunState state() {
    return state;
  }

  /** For the watchdog: what does not come. */
  public String waitsFor() {
    if (open != null) {
      return "step %d, transaction %d: %s"
          .formatted(state.step(), open.transaction.id(), open.waitsFor());
    }
    return whereabouts == null ? rollCall.toString() : "nothing";
  }
}
