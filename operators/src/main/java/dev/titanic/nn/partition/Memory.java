package dev.titanic.nn.partition;

/**
 * Native memory by what it is for, in bytes.
 *
 * @param weights of the model
 * @param training gradients and both moments of the optimizer
 * @param activations what graphs keep for the micro-batches in flight, and what passes take for a
 *     moment, at their peak
 * @param fragments free pieces between what graphs keep, which the allocator cannot give back
 */
public record Memory(long weights, long training, long activations, long fragments) {
  public static final Memory NONE = new Memory(0, 0, 0, 0);

  public long total() {
    return weights + training + activations + fragments;
  }

  public Memory plus(Memory other) {
    return new Memory(
        weights + other.weights,
        training + other.training,
        activations + other.activations,
        fragments + other.fragments);
  }
}
