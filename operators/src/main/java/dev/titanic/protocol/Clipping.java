package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.SquaredNorms;

/**
 * Global-norm clipping, as PyTorch's {@code clip_grad_norm_} does it, over gradients that are sums
 * over targets.
 *
 * @param gradientNorm of the mean loss, before clipping
 * @param coefficient at most 1
 * @param factor by which accumulated sums are multiplied: coefficient / targets
 */
record Clipping(double gradientNorm, double coefficient, double factor) {
  private static final double EPSILON = 1e-6;

  static Clipping of(SquaredNorms sums, long targets, double clipNorm) {
    requireTargets(targets);
    return of(Math.sqrt(sums.total()) / targets, targets, clipNorm);
  }

  /**
   * Clips a step in which every owner's copy of the first partition takes the mean over its own
   * targets. There is no one gradient then. Its norm is taken to be that of the stages' mean
   * gradient joined with the root mean square, weighted by targets, of the norms of the copies'
   * mean gradients; all partitions take the same coefficient.
   */
  static Clipping ofCopies(StepReports reports, double clipNorm) {
    long targets = reports.targets();
    requireTargets(targets);
    double squared = reports.stageNorms().total() / targets / targets;
    for (Prepared report : reports.all()) {
      if (report.targets() > 0) {
        // targets / all targets * squared norm / targets²
        squared += report.squaredNorms().total() / report.targets() / targets;
      }
    }
    return of(Math.sqrt(squared), targets, clipNorm);
  }

  private static void requireTargets(long targets) {
    if (targets < 1) {
      throw new ProtocolException("a step without targets");
    }
  }

  private static Clipping of(double norm, long targets, double clipNorm) {
    double coefficient = clipNorm == 0 ? 1 : Math.min(1, clipNorm / (norm + EPSILON));
    return new Clipping(norm, coefficient, coefficient / targets);
  }

  /** Factor for gradients summed over other targets; 0, for no update, when there are none. */
  double factor(long otherTargets) {
    return otherTargets == 0 ? 0 : coefficient / otherTargets;
  }
}
