package dev.titanic.protocol;

import dev.titanic.schemas.edge.HostedWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to tell about a run, in the order in which it happens. */
public interface RunJournal {

  /**
   * A step is committed.
   *
   * @param step its number, from 0
   * @param loss mean over the targets of the step
   * @param tokens input tokens, without padding
   * @param owners what each owner gave; one that gave nothing is not among them
   * @param gradientNorm of the mean loss, before clipping
   * @param work what the step took every partition: those of all owners, then the stages
   */
  record StepReport(
      long step,
      double loss,
      long targets,
      long tokens,
      List<OwnerReport> owners,
      double gradientNorm,
      double learningRate,
      long skipped,
      long rejected,
      List<HostedWork> work) {}

  /**
   * What one owner gave to a step.
   *
   * @param loss mean over its targets, of which there are some
   * @param tokens input tokens, without padding
   */
  record OwnerReport(String client, double loss, long targets, long tokens, int microBatches) {}

  /** Training stands still, from now until {@link #placed}, because partitions move or load. */
  void placing();

  /**
   * Every partition is loaded where the plan wants it.
   *
   * @param epoch number of the placement
   * @param hosts client of every partition, the owner's first
   * @param reason for people
   * @param solved of the solver that proposed it; null when none did
   */
  void placed(long step, long epoch, List<String> hosts, String reason, @Nullable Solved solved);

  void stepCommitted(StepReport report);

  /** A loss or gradient was not finite, or the data ran out for now. */
  void stepSkipped(long step, String owner, long skipped);

  /**
   * One owner alone would have given to a step under masks: its micro-batches are not trained on.
   */
  void passedOver(long step, String owner, int microBatches);

  /** An owner's topic does not hold a whole step yet. */
  void starved(long step, String owner);

  /** An owner has nothing more to give to its turn, after so many steps of it. */
  void turnOver(String owner, long steps);

  /**
   * The model was evaluated.
   *
   * @param after what came before, as {@link Turns#describe} says
   * @param loss mean over the targets
   */
  void evaluated(long step, String after, double loss, long targets);

  /** The model is in the output directory as it is after so many steps. */
  void exported(long step);

  /** All turns are over, and the model is exported. */
  void finished(long step);

  /** Somebody has ended the run before that; the model is exported. */
  void stopped(long step);
}
