package dev.titanic.job.config;

import static dev.titanic.job.config.Bounds.atLeast;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation on a public text, after each turn in any case.
 *
 * @param text file; null means that nothing is evaluated
 * @param everySteps also after every so many steps; 0 means only after each turn
 * @param maxSequences at most so many sequences of the text are used
 */
public record EvaluationConfig(@Nullable String text, int everySteps, int maxSequences)
    implements Serializable {
  public EvaluationConfig {
    atLeast(0, everySteps, "everySteps");
    atLeast(1, maxSequences, "maxSequences");
  }
}
