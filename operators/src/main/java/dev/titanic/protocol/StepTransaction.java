package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.state.RunState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A training step: begin, prepared, commit or abort, acknowledged. */
final class StepTransaction extends OpenTransaction {
  private final RunPlan plan;
  private final long step;
  private final String owner;
  private final StreamPosition position;
  private final SortedMap<Integer, Work> work = new TreeMap<>();
  private @Nullable Prepared prepared;
  private @Nullable Clipping clipping;
  private @Nullable Acknowledgements acknowledgements;

  /**
   * @param before what is known when the step begins
   */
  StepTransaction(Transaction transaction, Outbox outbox, RunPlan plan, RunState before) {
    super(transaction, outbox);
    this.plan = plan;
    this.step = before.step();
    this.owner = plan.turns().ownerOf(before.turn());
    this.position = plan.turns().position(before.positionOf(owner));
  }

  @Override
  void begin() {
    outbox.send(
        transaction.route().at(Address.OWNER),
        new Begin(transaction, step, position, plan.microBatches(), 0));
  }

  @Override
  boolean closes(Address from, Message message) {
    if (message instanceof Prepared report && prepared == null) {
      prepared = report;
      return decide(report);
    }
    if (message instanceof Acknowledged acknowledged && acknowledgements != null) {
      work.put(from.row(), acknowledged.work());
      return acknowledgements.add(from, acknowledged);
    }
    throw unexpected(from, message);
  }

  /** Returns whether the step is over already, because nothing was computed. */
  private boolean decide(Prepared report) {
    if (report.vote() == Vote.STARVED || report.vote() == Vote.EXHAUSTED) {
      return true;
    }
    Message decision;
    if (report.vote() == Vote.COMMIT) {
      clipping = Clipping.of(report.squaredNorms(), report.targets(), plan.clipNorm());
      decision = new Commit(transaction, clipping.factor(), plan.learningRate().at(step));
    } else {
      decision = new Abort(transaction);
    }
    acknowledgements = new Acknowledgements(transaction.route());
    for (int row = 0; row <= transaction.route().stages(); row++) {
      outbox.send(transaction.route().at(row), decision);
    }
    return false;
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    if (prepared == null) {
      throw new IllegalStateException("closed before the report");
    }
    if (prepared.vote() == Vote.STARVED) {
      journal.starved(step, owner);
      return before;
    }
    if (prepared.vote() == Vote.EXHAUSTED) {
      journal.turnOver(owner, before.turn().steps());
      return before.turnOver(owner, prepared.next(), prepared.rejected());
    }
    if (clipping == null) {
      RunState after =
          before.skipped(
              owner,
              prepared.next(),
              prepared.rejected(),
              plan.turns().afterSkip(before.turn(), prepared.next()));
      journal.stepSkipped(step, owner, after.skipped());
      return after;
    }
    RunState after =
        before.committed(
            owner,
            prepared.next(),
            prepared.rejected(),
            plan.turns().afterStep(before.turn(), prepared.next()));
    journal.stepCommitted(
        new RunJournal.StepReport(
            step,
            owner,
            prepared.lossSum() / prepared.targets(),
            prepared.targets(),
            prepared.tokens(),
            clipping.gradientNorm(),
            plan.learningRate().at(step),
            after.skipped(),
            after.rejected(),
            before.hosts(),
            work()));
    return after;
  }

  boolean committed() {
    return clipping != null;
  }

  /** What the step took every partition, once all of them have acknowledged. */
  List<Work> work() {
    return List.copyOf(work.values());
  }

  boolean starved() {
    return prepared != null && prepared.vote() == Vote.STARVED;
  }

  @Override
  String waitsFor() {
    return acknowledgements == null
        ? "the report of " + transaction.route().at(Address.OWNER)
        : acknowledgements.toString();
  }
}
