package dev.titanic.nn;

import dev.titanic.schemas.edge.TensorSpec;
import java.io.Serializable;

/**
 * Settings of AdamW as in PyTorch: weight decay is decoupled, the moments are bias-corrected. The
 * learning rate comes with each commit.
 *
 * @param decayVectors whether biases and norms decay too, as with PyTorch's optimizer over all
 *     parameters; transformers' trainer leaves them out
 */
public record AdamW(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decayVectors)
    implements Serializable {
  public AdamW {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException("betas " + beta1 + ", " + beta2 + ": use 0 <= beta < 1");
    }
    if (!(epsilon > 0 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "epsilon %s, weight decay %s: use epsilon > 0, weight decay >= 0"
              .formatted(epsilon, weightDecay));
    }
  }

  /** PyTorch's defaults, except for the weight decay. */
  public static AdamW withWeightDecay(double weightDecay) {
    return withWeightDecay(weightDecay, true);
  }

  /** PyTorch's defaults, except for the weight decay. */
  public static AdamW withWeightDecay(double weightDecay, boolean decayVectors) {
    return new AdamW(0.9, 0.999, 1e-8, weightDecay, decayVectors);
  }

  /** The decay of one parameter. */
  public double weightDecay(TensorSpec parameter) {
    return decayVectors || parameter.shape().size() > 1 ? weightDecay : 0;
  }
}
