package dev.titanic.schemas.state;

import dev.titanic.schemas.edge.TensorData;
import java.util.List;

/**
 * One partition of the model at one version: the element of operator state, and what a move
 * transfers.
 *
 * <p>In a snapshot the tensors are copies, so that it can be written while the next step runs; on a
 * move they are views.
 *
 * @param partition 0 for the owner's, k for stage k
 * @param version number of committed steps
 * @param optimizerSteps number of updates behind the moments, for AdamW's bias correction
 * @param base what the partition was first loaded as: its blocks, the hash of its weights, its
 *     adapters
 * @param tensors in the partition's canonical order
 */
public record PartitionState(
    int partition, long version, long optimizerSteps, String base, List<Parameter> tensors) {
  public PartitionState {
    tensors = List.copyOf(tensors);
  }

  /**
   * A trained parameter with its optimizer moments.
   *
   * @param name in the Hugging Face model
   * @param firstMoment exponential average of the gradient
   * @param secondMoment exponential average of the squared gradient
   */
  public record Parameter(
      String name, TensorData value, TensorData firstMoment, TensorData secondMoment) {}

  /** Size of all tensors in bytes. */
  public long bytes() {
    return tensors.stream()
        .mapToLong(t -> t.value().size() + t.firstMoment().size() + t.secondMoment().size())
        .sum();
  }

  @Override
  public String toString() {
    return "partition %d at version %d, %d tensors, %d bytes"
        .formatted(partition, version, tensors.size(), bytes());
  }
}
