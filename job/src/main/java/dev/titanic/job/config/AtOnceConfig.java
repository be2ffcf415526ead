package dev.titanic.job.config;

import java.io.Serializable;

/**
 * How several owners train at once.
 *
 * @param aggregate of their first partitions
 * @param draw how many micro-batches each gives
 */
public record AtOnceConfig(Aggregate aggregate, DrawRule draw) implements Serializable {
  public static final AtOnceConfig DEFAULT = new AtOnceConfig(Aggregate.GRADIENTS, DrawRule.EQUAL);
}
