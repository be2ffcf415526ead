package dev.titanic.nn;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters (LoRA, Hu et al. 2021) with the semantics of PEFT: a targeted linear layer
 * computes {@code base(x) + B(A(dropout(x))) * scale}, and only A and B are trained.
 *
 * <p>Inside Titanic the two weights are named after their module: {@code MODULE.lora_A.weight},
 * (rank, in), and {@code MODULE.lora_B.weight}, (out, rank).
 *
 * @param alpha numerator of the scale
 * @param dropout probability with which an element of the adapter's input is dropped in training
 * @param targets linear layers by module path or by its end, such as {@code q_proj}; or only {@link
 *     #ALL_LINEAR}; empty means PEFT's default, query and value projections
 * @param rslora whether the scale is alpha over the root of the rank, instead of alpha over the
 *     rank (Kalajdzievski 2023)
 * @param initial PEFT directory whose weights to go on from; null means B zero and A random
 */
public record Lora(
    int rank,
    double alpha,
    double dropout,
    List<String> targets,
    boolean rslora,
    @Nullable String initial)
    implements Serializable {

  /** The target that means every linear layer but the output head. */
  public static final String ALL_LINEAR = "all-linear";

  /** End of the name of an adapter's first weight. */
  public static final String A = ".lora_A.weight";

  /** End of the name of an adapter's second weight. */
  public static final String B = ".lora_B.weight";

  public Lora {
    targets = List.copyOf(targets);
    if (rank < 1) {
      throw new IllegalArgumentException("rank " + rank + ": use 1 or more");
    }
    if (!(alpha > 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha " + alpha + ": use a positive number");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + ": use 0 <= dropout < 1");
    }
  }

  /** Factor of what the adapter adds. */
  public double scale() {
    return alpha / (rslora ? Math.sqrt(rank) : rank);
  }

  /** The same, for other layers. */
  public Lora withTargets(List<String> others) {
    return new Lora(rank, alpha, dropout, others, rslora, initial);
  }

  /** What a trained state depends on beside the base model. */
  public String fingerprint() {
    return "rank %d, alpha %s%s, targets %s"
        .formatted(
            rank,
            alpha,
            rslora ? " rank-stabilized" : "",
            String.join(" ", targets.stream().sorted().toList()));
  }
}
