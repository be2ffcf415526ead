package dev.titanic.job.config;

import java.io.Serializable;

/**
 * How several owners train at once.
 *
 * @param aggregate of their first partitions
 * @param draw how many micro-batches each gives
 * @param secureAggregation whether owners mask what they give, so that the server sees sums only
 */
public record AtOnceConfig(Aggregate aggregate, DrawRule draw, boolean secureAggregation)
    implements Serializable {
  /** What holds unless told otherwise when rounds are counted in steps. */
  public static final AtOnceConfig IN_STEPS =
      new AtOnceConfig(Aggregate.GRADIENTS, DrawRule.EQUAL, false);

  /** What holds unless told otherwise when rounds are counted in epochs. */
  public static final AtOnceConfig IN_EPOCHS =
      new AtOnceConfig(Aggregate.GRADIENTS, DrawRule.PROPORTIONAL, false);

  /** The same without masks. */
  AtOnceConfig unmasked() {
    return new AtOnceConfig(aggregate, draw, false);
  }
}
