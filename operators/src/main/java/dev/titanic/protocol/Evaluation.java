package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Evaluated;
import dev.titanic.schemas.state.RunState;

/**
 * An evaluation on its way through the text, piece by piece. It is soft: after a failure it starts
 * again, because the run's state says that this step is not evaluated.
 */
final class Evaluation {
  private final long step;
  private final String after;
  private final int maxSequences;
  private int nextSequence;
  private double lossSum;
  private long targets;

  Evaluation(long step, String after, int maxSequences) {
    this.step = step;
    this.after = after;
    this.maxSequences = maxSequences;
  }

  /** Whether this is the evaluation of that step; the end of a turn is evaluated for itself. */
  boolean isOf(long otherStep, String otherAfter) {
    return step == otherStep && after.equals(otherAfter);
  }

  int nextSequence() {
    return nextSequence;
  }

  int next(int atATime) {
    return Math.min(atATime, maxSequences - nextSequence);
  }

  /** Returns whether the text, or the part of it to evaluate, is at its end. */
  boolean add(Evaluated piece, int sequences) {
    lossSum += piece.lossSum();
    targets += piece.targets();
    nextSequence += sequences;
    return piece.targets() == 0 || nextSequence >= maxSequences;
  }

  RunState end(RunState before, RunJournal journal) {
    journal.evaluated(step, after, lossSum / targets, targets);
    return before.evaluated();
  }
}
