package dev.titanic.placement;

/**
 * How the time of a partition for one micro-batch divides: the head with its loss, and of the rest
 * a third forward and two backward.
 */
final class Passes {
  private static final double FORWARD_SHARE = 1.0 / 3;

  private Passes() {}

  static double head(Demand demand, double whole) {
    return demand.flops() == 0 ? 0 : whole * demand.headFlops() / demand.flops();
  }

  static double forward(Demand demand, double whole) {
    return (whole - head(demand, whole)) * FORWARD_SHARE;
  }

  static double backward(Demand demand, double whole) {
    return (whole - head(demand, whole)) * (1 - FORWARD_SHARE);
  }
}
