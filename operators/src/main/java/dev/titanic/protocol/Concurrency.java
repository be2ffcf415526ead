package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Quantity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Several owners at once, each with a copy of the first partition (paper, section III-C, case 3).
 *
 * <p>With {@link Quantity#GRADIENTS} the copies' gradients are summed in each step, so that the
 * copies stay the same. With {@link Quantity#WEIGHTS} every copy goes its own way within a round,
 * and the weights are averaged at its end. Without stages that is federated averaging.
 *
 * @param owners client ids, in the order in which their parts are summed
 * @param proportional whether owners are drawn in proportion to the data of their epochs, which is
 *     counted when it is bounded; or else all give the same
 * @param resetOptimizer with every average of weights, as in the original federated averaging
 */
public record Concurrency(
    List<String> owners, Quantity aggregate, boolean proportional, boolean resetOptimizer)
    implements Serializable {
  public Concurrency {
    owners = Collections.unmodifiableList(new ArrayList<>(owners));
    if (owners.isEmpty() || owners.stream().distinct().count() != owners.size()) {
      throw new IllegalArgumentException("owners at once: " + owners);
    }
    if (resetOptimizer && aggregate == Quantity.GRADIENTS) {
      throw new IllegalArgumentException("summed gradients leave no optimizer to reset");
    }
  }

  /** Whether gradients are summed in each step. */
  boolean sumsGradients() {
    return aggregate == Quantity.GRADIENTS;
  }

  /** Whether weights are averaged at the end of each round. */
  boolean averagesWeights() {
    return aggregate == Quantity.WEIGHTS;
  }
}
