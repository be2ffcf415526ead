package dev.titanic.nn.graph;

import java.nio.ByteBuffer;

/** Copies the elements of a strided tensor between its storage and dense, row-major memory. */
final class StridedCopy {
  private final ArchivedTensor tensor;
  private final byte[] storage;

  StridedCopy(ArchivedTensor tensor, byte[] storage) {
    this.tensor = tensor;
    this.storage = storage;
  }

  /** Gathers the elements. */
  void to(ByteBuffer target) {
    visit(0, tensor.offset(), (start, bytes) -> target.put(storage, start, bytes));
  }

  /** Scatters the elements. */
  void from(ByteBuffer source) {
    visit(0, tensor.offset(), (start, bytes) -> source.get(storage, start, bytes));
  }

  /** Dense rows at the end of the shape are one run. */
  private void visit(int dimension, long start, Run run) {
    int size = tensor.kind().bytes();
    long dense = denseFrom(dimension);
    if (dense >= 0) {
      run.copy(Math.toIntExact(start * size), Math.toIntExact(dense * size));
      return;
    }
    for (long i = 0; i < tensor.shape().get(dimension); i++) {
      visit(dimension + 1, start + i * tensor.strides().get(dimension), run);
    }
  }

  /** Number of elements from this dimension on, or -1 when they do not lie side by side. */
  private long denseFrom(int dimension) {
    long expected = 1;
    for (int d = tensor.shape().size() - 1; d >= dimension; d--) {
      if (tensor.shape().get(d) != 1 && tensor.strides().get(d) != expected) {
        return -1;
      }
      expected *= tensor.shape().get(d);
    }
    return expected;
  }

  @FunctionalInterface
  private interface Run {
    void copy(int start, int bytes);
  }
}
