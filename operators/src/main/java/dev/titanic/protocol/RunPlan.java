package dev.titanic.protocol;

import dev.titanic.schemas.state.Turn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the coordinator decides by.
 *
 * @param clients the enrolled clients, spares included; a column of any other is refused
 * @param stageHosts client of stage 1..K at the start
 * @param turns of owners; of several at once their rounds, as turns of the first one
 * @param handover of the first partition, between owners in turn
 * @param concurrency several owners at once; null when they take turns
 * @param microBatches of a step, per owner
 * @param clipNorm global norm to which the gradient of the mean loss is clipped; 0 = off
 * @param skipLimit steps in a row that may be skipped because they are not finite
 * @param memory who has room for which partitions
 */
public record RunPlan(
    List<String> clients,
    List<String> stageHosts,
    Turns turns,
    Handover handover,
    @Nullable Concurrency concurrency,
    int microBatches,
    LearningRate learningRate,
    double clipNorm,
    int skipLimit,
    EvaluationPlan evaluation,
    HostMemory memory)
    implements Serializable {

  public RunPlan {
    clients = Collections.unmodifiableList(new ArrayList<>(clients));
    stageHosts = Collections.unmodifiableList(new ArrayList<>(stageHosts));
    if (microBatches < 1 || clipNorm < 0 || skipLimit < 0) {
      throw new IllegalArgumentException(
          "%d micro-batches, clip norm %s, skip limit %d"
              .formatted(microBatches, clipNorm, skipLimit));
    }
    if (concurrency != null && concurrency.proportional() && !turns.inEpochs()) {
      throw new IllegalArgumentException("a proportion of data without an end");
    }
    if (concurrency != null && !turns.owners().equals(concurrency.owners().subList(0, 1))) {
      throw new IllegalArgumentException("rounds are turns of the first owner, not " + turns);
    }
  }

  /** Ids of all clients whose data is trained on, in turn or at once. */
  public List<String> owners() {
    return concurrency == null ? turns.owners() : concurrency.owners();
  }

  /** Returns K. */
  public int stages() {
    return stageHosts.size();
  }

  /**
   * When the model is evaluated besides at the start and after each turn.
   *
   * @param enabled whether there is a text
   * @param everySteps 0 = only then
   * @param maxSequences of the text
   * @param sequencesAtATime in one transaction, so that checkpoints need not wait for all of them
   */
  public record EvaluationPlan(
      boolean enabled, long everySteps, int maxSequences, int sequencesAtATime)
      implements Serializable {
    public static final EvaluationPlan NONE = new EvaluationPlan(false, 0, 0, 1);

    public EvaluationPlan {
      if (everySteps < 0 || maxSequences < 0 || sequencesAtATime < 1) {
        throw new IllegalArgumentException(
            "every %d steps, %d sequences, %d at a time"
                .formatted(everySteps, maxSequences, sequencesAtATime));
      }
    }
  }

  /** Whether owners must say how much data they have before they give any. */
  boolean countsData() {
    return turns.sharePasses() || concurrency != null && concurrency.proportional();
  }

  /** What so many committed steps end, for people. */
  String describe(Turn turn, long step) {
    return concurrency == null || step == 0 || !turns.isNew(turn)
        ? turns.describe(turn, step)
        : "round " + turn.number();
  }

  boolean evaluatesAfter(long step, Turn turn) {
    return step == 0
        || turns.isNew(turn)
        || evaluation.everySteps() > 0 && step % evaluation.everySteps() == 0;
  }
}
