package dev.titanic.nn.shape;

/**
 * What a forward and a backward pass of a program take.
 *
 * @param kept bytes that a graph holds between the two, weights apart, the result only if an
 *     operation of the program saves it
 * @param keptInHeaps what of that is in tensors below {@link #OWN_MAPPING} bytes
 * @param forwardPeak most bytes alive at a time in the forward pass, the input among them
 * @param backwardPeak the same in the backward pass, the gradient of the result among them
 * @param forwardFlops multiplications and additions in products of matrices
 * @param backwardFlops the same in the backward pass
 */
public record PassCost(
    long kept,
    long keptInHeaps,
    long forwardPeak,
    long backwardPeak,
    double forwardFlops,
    double backwardFlops) {

  /** glibc always gives memory of this size pages of its own, which go back when it is freed. */
  static final long OWN_MAPPING = 32 << 20;
}
