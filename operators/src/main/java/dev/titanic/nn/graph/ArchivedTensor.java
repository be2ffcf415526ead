package dev.titanic.nn.graph;

import java.util.List;

/**
 * Where a tensor is in a TorchScript archive.
 *
 * @param storage entry of the archive that holds the elements, such as {@code data/0}
 * @param offset of the first element, in elements
 * @param strides in elements
 * @param requiresGradient as it was when the archive was written
 */
public record ArchivedTensor(
    String storage,
    ElementKind kind,
    long offset,
    List<Long> shape,
    List<Long> strides,
    boolean requiresGradient) {
  public ArchivedTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()
        || offset < 0
        || shape.stream().anyMatch(extent -> extent < 0)
        || strides.stream().anyMatch(stride -> stride < 0)) {
      throw new IllegalArgumentException("shape " + shape + ", strides " + strides);
    }
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Whether both are the same elements, seen in the same way. */
  boolean isSameAs(ArchivedTensor other) {
    return storage.equals(other.storage)
        && offset == other.offset
        && shape.equals(other.shape)
        && strides.equals(other.strides);
  }
}
