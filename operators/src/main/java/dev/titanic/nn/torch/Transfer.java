package dev.titanic.nn.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;

/** Copies between native arrays and heap memory, once in each direction. */
final class Transfer {
  private Transfer() {}

  /** Copies float32 data into a new array of the scope. */
  static PtNDArray in(PtNDManager scope, TensorData data) {
    PtNDArray array = allocate(scope, data.spec());
    overwrite(array, data);
    return array;
  }

  /** Copies integers into a new array of the scope. */
  static PtNDArray in(PtNDManager scope, long[] values, long... shape) {
    PtNDArray array = scope.create(new Shape(shape), DataType.INT64);
    view(array).asLongBuffer().put(values);
    return array;
  }

  /** Copies doubles into a new vector of the scope. */
  static PtNDArray in(PtNDManager scope, double... values) {
    PtNDArray array = scope.create(new Shape(values.length), DataType.FLOAT64);
    view(array).asDoubleBuffer().put(values);
    return array;
  }

  /** Makes an array with undefined content. */
  static PtNDArray allocate(PtNDManager scope, TensorSpec spec) {
    if (spec.type() != ElementType.FLOAT32) {
      throw new IllegalArgumentException("partitions compute in float32, not in " + spec);
    }
    return scope.create(shape(spec), DataType.FLOAT32);
  }

  static PtNDArray zeros(PtNDManager scope, TensorSpec spec) {
    return (PtNDArray) scope.zeros(shape(spec), DataType.FLOAT32);
  }

  private static Shape shape(TensorSpec spec) {
    return new Shape(spec.shape().stream().mapToLong(Long::longValue).toArray());
  }

  /** Copies a whole tensor of the same shape over an array. */
  static void overwrite(PtNDArray array, TensorData data) {
    ByteBuffer target = view(array);
    if (!data.isWhole() || data.size() != target.remaining()) {
      throw new IllegalArgumentException(data + " for " + target.remaining() + " bytes");
    }
    data.copyTo(target);
  }

  /** Copies float32 data out. */
  static TensorData out(PtNDArray array) {
    ByteBuffer source = view(array);
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    return TensorData.of(TensorSpec.of(ElementType.FLOAT32, array.getShape().getShape()), bytes);
  }

  /** A view of the array's memory, valid while the array lives. */
  static ByteBuffer view(PtNDArray array) {
    return array.toByteBuffer(true);
  }
}
