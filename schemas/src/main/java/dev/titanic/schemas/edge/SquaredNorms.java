package dev.titanic.schemas.edge;

import java.util.Arrays;

/**
 * Squared Euclidean norms of accumulated gradients, per layer of the whole model: 0 is the
 * embedding, 1 to L are the blocks, L + 1 is the final norm and head. Layers of other partitions
 * are zero.
 *
 * <p>Layers are never cut, and the total is summed in their order, so it is the same number
 * whatever the partitions.
 */
public final class SquaredNorms {
  /** Of no layer: nothing was computed. */
  public static final SquaredNorms NONE = of();

  private final double[] perLayer;

  private SquaredNorms(double[] perLayer) {
    this.perLayer = perLayer;
  }

  public static SquaredNorms of(double... perLayer) {
    return new SquaredNorms(perLayer.clone());
  }

  public int layers() {
    return perLayer.length;
  }

  public double layer(int layer) {
    return perLayer[layer];
  }

  /** Joins the norms of two disjoint sets of layers; {@link #NONE} changes nothing. */
  public SquaredNorms plus(SquaredNorms other) {
    if (other.perLayer.length == 0) {
      return this;
    }
    if (perLayer.length == 0) {
      return other;
    }
    if (other.perLayer.length != perLayer.length) {
      throw new IllegalArgumentException(
          "norms of " + perLayer.length + " and of " + other.perLayer.length + " layers");
    }
    double[] sum = perLayer.clone();
    Arrays.setAll(sum, layer -> sum[layer] + other.perLayer[layer]);
    return new SquaredNorms(sum);
  }

  /** Squared norm of the whole gradient; NaN or infinite when any part of it is. */
  public double total() {
    double total = 0;
    for (double layer : perLayer) {
      total += layer;
    }
    return total;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SquaredNorms norms && Arrays.equals(perLayer, norms.perLayer);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(perLayer);
  }

  @Override
  public String toString() {
    return Arrays.toString(perLayer);
  }
}
