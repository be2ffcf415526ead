package dev.titanic.nn.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Copies between native arrays and heap memory, once in each direction; over host memory where the
 * arrays are on a GPU.
 */
final class Transfer {
  private Transfer() {}

  /** Copies float32 data into a new array of the scope. */
  static PtNDArray in(PtNDManager scope, TensorData data) {
    if (!data.isWhole()) {
      throw new IllegalArgumentException(data + " is not whole");
    }
    return in(scope, data.spec(), data::copyTo);
  }

  /** Makes an array of the scope that the writer fills with little-endian float32. */
  static PtNDArray in(PtNDManager scope, TensorSpec spec, Consumer<ByteBuffer> writer) {
    if (spec.type() != ElementType.FLOAT32) {
      throw new IllegalArgumentException("partitions compute in float32, not in " + spec);
    }
    return in(scope, shape(spec), DataType.FLOAT32, writer);
  }

  /** Copies integers into a new array of the scope. */
  static PtNDArray in(PtNDManager scope, long[] values, long... shape) {
    return in(scope, new Shape(shape), DataType.INT64, memory -> memory.asLongBuffer().put(values));
  }

  /** Copies doubles into a new vector of the scope. */
  static PtNDArray in(PtNDManager scope, double... values) {
    return in(
        scope,
        new Shape(values.length),
        DataType.FLOAT64,
        memory -> memory.asDoubleBuffer().put(values));
  }

  private static PtNDArray in(
      PtNDManager scope, Shape shape, DataType type, Consumer<ByteBuffer> writer) {
    if (!scope.getDevice().isGpu()) {
      PtNDArray array = scope.create(shape, type);
      writer.accept(memory(array));
      return array;
    }
    try (PtNDManager host = onHost(scope)) {
      PtNDArray staged = host.create(shape, type);
      writer.accept(memory(staged));
      PtNDArray array = staged.toDevice(scope.getDevice(), true);
      array.attach(scope);
      return array;
    }
  }

  static PtNDArray zeros(PtNDManager scope, TensorSpec spec) {
    return (PtNDArray) scope.zeros(shape(spec), DataType.FLOAT32);
  }

  private static Shape shape(TensorSpec spec) {
    return new Shape(spec.shape().stream().mapToLong(Long::longValue).toArray());
  }

  /** Copies float32 data out. */
  static TensorData out(PtNDArray array) {
    return out(
        array,
        memory -> {
          byte[] bytes = new byte[memory.remaining()];
          memory.get(bytes);
          return TensorData.of(
              TensorSpec.of(ElementType.FLOAT32, array.getShape().getShape()), bytes);
        });
  }

  /**
   * Float32 data where it lies, while the array lives and nobody writes to it; from a GPU a copy.
   */
  static TensorData view(PtNDArray array) {
    return array.getDevice().isGpu()
        ? out(array)
        : TensorData.whole(
            TensorSpec.of(ElementType.FLOAT32, array.getShape().getShape()),
            List.of(memory(array)));
  }

  /**
   * Copies some of the bytes of float32 data out, as many as the target has room for.
   *
   * @param offset of the first byte, at the start of an element
   */
  static void out(PtNDArray array, long offset, ByteBuffer target) {
    long first = offset / Float.BYTES;
    NDIndex range = new NDIndex().addSliceDim(first, first + target.remaining() / Float.BYTES);
    try (NDArray flat = array.reshape(-1);
        PtNDArray piece = (PtNDArray) flat.get(range)) {
      out(piece, target::put);
    }
  }

  /** Reads doubles. */
  static double[] doublesOut(PtNDArray array) {
    return out(
        array,
        memory -> {
          double[] values = new double[memory.remaining() / Double.BYTES];
          memory.asDoubleBuffer().get(values);
          return values;
        });
  }

  /** Reads integers. */
  static long[] longsOut(PtNDArray array) {
    return out(
        array,
        memory -> {
          long[] values = new long[memory.remaining() / Long.BYTES];
          memory.asLongBuffer().get(values);
          return values;
        });
  }

  private static <T> T out(PtNDArray array, Function<ByteBuffer, T> reader) {
    if (!array.getDevice().isGpu()) {
      return reader.apply(memory(array));
    }
    try (PtNDManager host = onHost(array.getManager());
        PtNDArray staged = array.toDevice(Device.cpu(), true)) {
      staged.attach(host);
      return reader.apply(memory(staged));
    }
  }

  private static PtNDManager onHost(PtNDManager scope) {
    return scope.newSubManager(Device.cpu());
  }

  /** A view of the array's memory, valid while the array lives. */
  private static ByteBuffer memory(PtNDArray array) {
    return array.toByteBuffer(true);
  }
}
