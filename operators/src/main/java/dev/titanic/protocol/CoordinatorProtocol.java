package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private RunState state;

  /** Client that should host every partition from stage 1 on. */
  private List<String> wantedStageHosts;

  /** Why they should, for people. */
  private String reason = "as configured";

  /** Column in which every partition is loaded; absent before it is. */
  private final Map<Integer, Integer> loadedAt = new HashMap<>();

  private @Nullable OpenTransaction open;
  private @Nullable Evaluation evaluation;
  private boolean ready;
  private boolean paused;
  private boolean stopping;
  private boolean finished;

  public CoordinatorProtocol(
      RunPlan plan, RunState restored, CoordinatorPort port, RunJournal journal) {
    this.plan = plan;
    this.port = port;
    this.journal = journal;
    this.state = restored;
    this.rollCall = new RollCall(plan.stages() + 1, plan.clients());
    this.wantedStageHosts =
        restored.hosts().isEmpty()
            ? plan.stageHosts()
            : restored.hosts().subList(1, restored.hosts().size());
    if (wantedStageHosts.size() != plan.stages()) {
      throw new ProtocolException(
          "the run was saved with stages: %d, the configuration says %d; restore with the same"
              .formatted(wantedStageHosts.size(), plan.stages()));
    }
  }

  public void on(Address from, Message message) {
    if (message instanceof Announcement announcement) {
      rollCall.add(from, announcement);
      if (rollCall.complete()) {
        locate();
        ready = true;
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
      state = closed.close(state, journal);
      if (closed instanceof ArrangementTransaction) {
        for (int row = 0; row <= plan.stages(); row++) {
          loadedAt.put(row, closed.transaction.route().at(row).column());
        }
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
  }

  private void tellPlacement(StepTransaction step) {
    port.send(
        Address.placement(),
        new Measured(
            step.transaction,
            state.epoch(),
            plan.turns().steps() - state.step(),
            rollCall.clients(),
            state.hosts(),
            step.work()));
  }

  /** A proposal may have crossed a move: then it is about hosts that are no longer. */
  private void consider(Proposal proposal) {
    if (proposal.epoch() == state.epoch()) {
      place(proposal.stageHosts(), proposal.reason());
    }
  }

  /** Begins what is next, unless a transaction is open or a barrier is about to leave. */
  public void advance() {
    if (open != null || paused || !ready || finished) {
      return;
    }
    OpenTransaction next = next();
    if (next == null) {
      finished = true;
      journal.finished(state.step());
      port.end();
      return;
    }
    open = next;
    next.begin();
  }

  private @Nullable OpenTransaction next() {
    List<String> wanted = wantedHosts();
    Route route = route(wanted);
    if (!isArranged(route)) {
      return arrangement(begin(route), wanted);
    }
    if (evaluationIsDue()) {
      return evaluation(begin(route));
    }
    if (state.step() < plan.turns().steps() && !stopping) {
      String owner = plan.turns().ownerOf(state.step());
      return new StepTransaction(begin(route), port, plan, state.step(), state.positionOf(owner));
    }
    return state.exported() ? null : new ExportTransaction(begin(route), port, port.openModel());
  }

  private Transaction begin(Route route) {
    Transaction transaction = new Transaction(state.nextTransaction(), state.step(), route);
    state = state.transactionBegun();
    return transaction;
  }

  private List<String> wantedHosts() {
    List<String> wanted = new ArrayList<>();
    // What is evaluated is still with the owner of the step before.
    wanted.add(plan.turns().ownerOf(evaluationIsDue() ? lastStep() : state.step()));
    wanted.addAll(wantedStageHosts);
    return wanted;
  }

  private Route route(List<String> hosts) {
    return new Route(hosts.stream().map(this::column).toList());
  }

  private int column(String client) {
    Integer column = rollCall.columnOf(client);
    if (column == null) {
      throw new ProtocolException(
          "client '%s' has no TaskManager among the columns of this job".formatted(client));
    }
    return column;
  }

  /** Finds what a restore has dealt out: exactly one holder of every partition at this version. */
  private void locate() {
    List<String> hosts = new ArrayList<>();
    for (int row = 0; row <= plan.stages(); row++) {
      List<RollCall.Holder> holders = rollCall.holdersOf(row);
      if (state.hosts().isEmpty() && holders.isEmpty()) {
        continue;
      }
      if (holders.size() != 1 || holders.get(0).version() != state.step()) {
        throw new ProtocolException(
            "partition %d at version %d should have one holder; restored: %s"
                .formatted(row, state.step(), holders));
      }
      hosts.add(rollCall.clientOf(holders.get(0).column()));
    }
    state = state.found(hosts);
  }

  private boolean isArranged(Route route) {
    for (int row = 0; row <= route.stages(); row++) {
      Integer column = loadedAt.get(row);
      if (column == null || column != route.at(row).column()) {
        return false;
      }
    }
    return true;
  }

  private ArrangementTransaction arrangement(Transaction transaction, List<String> wanted) {
    Map<Integer, Integer> sources = new HashMap<>();
    List<Integer> toLoad = new ArrayList<>();
    for (int row = 0; row < wanted.size(); row++) {
      int target = transaction.route().at(row).column();
      int source = state.hosts().isEmpty() ? target : column(state.hosts().get(row));
      if (source != target) {
        sources.put(row, source);
      } else if (!loadedAt.containsKey(row)) {
        toLoad.add(row);
      }
    }
    return new ArrangementTransaction(transaction, port, sources, toLoad, wanted, reason);
  }

  private boolean evaluationIsDue() {
    return plan.evaluation().enabled()
        && state.evaluatedStep() < state.step()
        && (stopping || plan.evaluatesAfter(state.step()));
  }

  private long lastStep() {
    return Math.max(0, state.step() - 1);
  }

  private EvaluationTransaction evaluation(Transaction transaction) {
    if (evaluation == null || evaluation.step() != state.step()) {
      evaluation =
          new Evaluation(
              state.step(), plan.turns().describe(state.step()), plan.evaluation().maxSequences());
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
  public void place(List<String> stageHosts, String why) {
    if (stageHosts.size() != plan.stages()) {
      throw new IllegalArgumentException(stageHosts.size() + " hosts for " + plan.stages());
    }
    wantedStageHosts = List.copyOf(stageHosts);
    reason = why;
    advance();
  }

  /** Ends the run after the open transaction, with an export. */
  public void stop() {
    stopping = true;
    advance();
  }

  /** No transaction begins until {@link #resume()}: a barrier is about to leave. */
  public void pause() {
    paused = true;
  }

  public void resume() {
    paused = false;
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
    return ready ? "nothing" : rollCall.toString();
  }
}
