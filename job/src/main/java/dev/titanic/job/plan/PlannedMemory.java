package dev.titanic.job.plan;

import dev.titanic.nn.partition.Memory;

/**
 * Native memory in bytes, beside what the process itself takes.
 *
 * @param training gradients and both moments of the optimizer
 * @param activations of all micro-batches in flight, at their peak
 * @param fragments free pieces between these, which the allocator cannot give back
 */
public record PlannedMemory(
    long weights, long training, long activations, long fragments, long total) {

  static PlannedMemory of(Memory memory) {
    return new PlannedMemory(
        memory.weights(),
        memory.training(),
        memory.activations(),
        memory.fragments(),
        memory.total());
  }
}
