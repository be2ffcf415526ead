package dev.titanic.job.config;

import java.io.Serializable;

/**
 * How several owners train at once.
 *
 * @param aggregate of their first partitions
 * @param draw how many micro-batches each gives
 */
public record AtOnceConfig(Aggregate aggregate, DrawRule draw) implements Serializable {
  /** What holds unless told otherwise when rounds are counted in steps. */
  public static final AtOnceConfig IN_STEPS = new AtOnceConfig(Aggregate.GRADIENTS, DrawRule.EQUAL);

  /** What holds unless told otherwise when rounds are counted in epochs. */
  public static final AtOnceConfig IN_EPOCHS =
      new AtOnceConfig(Aggregate.GRADIENTS, DrawRule.PROPORTIONAL);
}
