package dev.titanic.placement.simulation;

import dev.titanic.placement.Demand;

/** How many bytes a partition sends and receives in a step; the paper does not say. */
public enum Traffic {
  /**
   * 2 MB, whatever the model: with so many, the sum of computing and transmitting over the
   * partitions comes near to the times of figure 5.
   */
  AS_IN_FIGURE_5,
  /** What crosses both cuts in both directions: hidden states and their gradients. */
  ALL_TENSORS;

  private static final long FIGURE_5_BYTES = 2_000_000;

  Demand of(Demand demand, int microBatches) {
    return switch (this) {
      case ALL_TENSORS -> demand;
      case AS_IN_FIGURE_5 ->
          new Demand(
              demand.partition(),
              demand.memoryBytes(),
              demand.flops(),
              demand.headFlops(),
              FIGURE_5_BYTES / microBatches,
              demand.stateBytes());
    };
  }
}
