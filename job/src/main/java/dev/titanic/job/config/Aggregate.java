package dev.titanic.job.config;

import dev.titanic.schemas.edge.Message.Quantity;

/** What owners that train at once make one of in their first partitions. */
public enum Aggregate {
  /** Their gradients, in each step: as if one owner had all the data. */
  GRADIENTS,
  /** Their weights, at the end of each round, as in the paper. */
  PARAMETERS;

  Quantity quantity() {
    return switch (this) {
      case GRADIENTS -> Quantity.GRADIENTS;
      case PARAMETERS -> Quantity.WEIGHTS;
    };
  }
}
