package dev.titanic.schemas.edge;

import java.util.Arrays;
import java.util.List;

/** Element type and shape of a dense, row-major tensor. */
public record TensorSpec(ElementType type, List<Long> shape) {
  public TensorSpec {
    shape = List.copyOf(shape);
    for (long extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("negative extent in shape " + shape);
      }
    }
  }

  public static TensorSpec of(ElementType type, long... shape) {
    return new TensorSpec(type, Arrays.stream(shape).boxed().toList());
  }

  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Size of the data in bytes. */
  public long bytes() {
    return Math.multiplyExact(elements(), (long) type.bytes());
  }

  @Override
  public String toString() {
    return type + shape.toString();
  }
}
