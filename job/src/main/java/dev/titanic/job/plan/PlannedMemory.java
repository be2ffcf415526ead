package dev.titanic.job.plan;

import dev.titanic.nn.partition.Memory;

/**
 * Native memory in bytes, beside what the process itself takes.
 *
 * @param training gradients and both moments of the optimizer
 * @param activations of all micro-batches in flight, at their peak
 */
public record PlannedMemory(long weights, long training, long activations, long total) {

  static PlannedMemory of(Memory memory) {
    return new PlannedMemory(
        memory.weights(), memory.training(), memory.activations(), memory.total());
  }
}
