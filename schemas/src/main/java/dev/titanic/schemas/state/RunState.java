package dev.titanic.schemas.state;

import dev.titanic.schemas.edge.StreamPosition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the coordinator knows about a run between two transactions: its operator state, and all that
 * a restore needs besides the partitions themselves.
 *
 * @param step number of committed steps, which is the model's version
 * @param turn whose turn it is, and how far
 * @param nextTransaction id of the next transaction
 * @param epoch number of the placement: how often partitions were moved
 * @param hosts client of every partition by the last arrangement, the owner's first; empty before
 *     the model is loaded. After a restart, a partition may be elsewhere for a moment
 * @param positions where each owner stands in its topic; an owner that is absent starts at the
 *     beginning
 * @param evaluatedStep the last step after which the model was evaluated, -1 for none
 * @param skipped steps that were aborted because a loss or gradient was not finite
 * @param skippedInARow how many of them since the last commit
 * @param rejected unusable records passed so far
 * @param exported whether the trained model has been written
 * @param orders what somebody has asked for and what is not done yet
 * @param round how much data owners have, and of several at once, what they gave
 */
public record RunState(
    long step,
    Turn turn,
    long nextTransaction,
    long epoch,
    List<String> hosts,
    Map<String, StreamPosition> positions,
    long evaluatedStep,
    long skipped,
    int skippedInARow,
    long rejected,
    boolean exported,
    Orders orders,
    Round round) {

  public static final RunState FRESH =
      new RunState(
          0, Turn.FIRST, 1, 0, List.of(), Map.of(), -1, 0, 0, 0, false, Orders.NONE, Round.FRESH);

  public RunState {
    hosts = List.copyOf(hosts);
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    if (step < 0 || nextTransaction < 0 || evaluatedStep > step) {
      throw new IllegalArgumentException(
          "step %d, transaction %d, evaluated %d".formatted(step, nextTransaction, evaluatedStep));
    }
  }

  public StreamPosition positionOf(String owner) {
    return positions.getOrDefault(owner, StreamPosition.BEGINNING);
  }

  public RunState transactionBegun() {
    return new RunState(
        step,
        turn,
        nextTransaction + 1,
        epoch,
        hosts,
        positions,
        evaluatedStep,
        skipped,
        skippedInARow,
        rejected,
        exported,
        orders,
        round);
  }

  /** Where an arrangement has brought the partitions. */
  public RunState arranged(List<String> at) {
    return new RunState(
        step,
        turn,
        nextTransaction,
        hosts.isEmpty() || hosts.equals(at) ? epoch : epoch + 1,
        at,
        positions,
        evaluatedStep,
        skipped,
        skippedInARow,
        rejected,
        exported,
        orders,
        round);
  }

  /**
   * A step is committed.
   *
   * @param next position of every owner that has given data
   * @param after the turn with this step in it, or the next one
   * @param roundAfter the round with this step in it
   */
  public RunState committed(
      Map<String, StreamPosition> next, long rejectedRecords, Turn after, Round roundAfter) {
    return new RunState(
        step + 1,
        after,
        nextTransaction,
        epoch,
        hosts,
        moved(next),
        evaluatedStep,
        skipped,
        0,
        rejected + rejectedRecords,
        exported,
        orders,
        roundAfter);
  }

  /** The step's data is passed over; the step itself is still to be done, if its turn goes on. */
  public RunState skipped(
      Map<String, StreamPosition> next, long rejectedRecords, Turn after, Round roundAfter) {
    return passedOver(next, rejectedRecords, after, roundAfter, 1);
  }

  /** The owners had no data left for a step. */
  public RunState exhausted(
      Map<String, StreamPosition> next, long rejectedRecords, Turn after, Round roundAfter) {
    return passedOver(next, rejectedRecords, after, roundAfter, 0);
  }

  private RunState passedOver(
      Map<String, StreamPosition> next,
      long rejectedRecords,
      Turn after,
      Round roundAfter,
      int skips) {
    return new RunState(
        step,
        after,
        nextTransaction,
        epoch,
        hosts,
        moved(next),
        evaluatedUnless(after.number() > turn.number()),
        skipped + skips,
        skippedInARow + skips,
        rejected + rejectedRecords,
        exported,
        orders,
        roundAfter);
  }

  /** The end of a turn with steps is evaluated, though the last of them may have been. */
  private long evaluatedUnless(boolean turnEnds) {
    return turnEnds && turn.steps() > 0 ? Math.min(evaluatedStep, step - 1) : evaluatedStep;
  }

  public RunState evaluated() {
    return new RunState(
        step,
        turn,
        nextTransaction,
        epoch,
        hosts,
        positions,
        step,
        skipped,
        skippedInARow,
        rejected,
        exported,
        orders,
        round);
  }

  public RunState modelExported() {
    return new RunState(
        step,
        turn,
        nextTransaction,
        epoch,
        hosts,
        positions,
        evaluatedStep,
        skipped,
        skippedInARow,
        rejected,
        true,
        orders,
        round);
  }

  public RunState ordered(Orders changed) {
    return new RunState(
        step,
        turn,
        nextTransaction,
        epoch,
        hosts,
        positions,
        evaluatedStep,
        skipped,
        skippedInARow,
        rejected,
        exported,
        changed,
        round);
  }

  /** The owners' weights are averaged. */
  public RunState aggregated() {
    return in(round.aggregated(step), positions);
  }

  /**
   * Owners have bounded and counted their data.
   *
   * @param bounded positions up to whose ends they have counted
   */
  public RunState counted(Map<String, Long> sequences, Map<String, StreamPosition> bounded) {
    return in(round.counted(sequences), moved(bounded));
  }

  private RunState in(Round changed, Map<String, StreamPosition> at) {
    return new RunState(
        step,
        turn,
        nextTransaction,
        epoch,
        hosts,
        at,
        evaluatedStep,
        skipped,
        skippedInARow,
        rejected,
        exported,
        orders,
        changed);
  }

  private Map<String, StreamPosition> moved(Map<String, StreamPosition> next) {
    Map<String, StreamPosition> changed = new TreeMap<>(positions);
    changed.putAll(next);
    return changed;
  }
}
