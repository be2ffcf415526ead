package dev.titanic.protocol;

import dev.titanic.protocol.masks.FixedPoint;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The sum of one piece over all owners, rounded to float32 once: the same bits whatever order the
 * contributions arrive in.
 *
 * <p>Of float32, an element is {@code Σ share · value} in float64, in the order given. Of INT64 it
 * is the sum modulo 2^64, in which the owners' masks cancel, as a {@link FixedPoint}.
 */
final class PieceSum {
  private PieceSum() {}

  /**
   * @param contributions of the same piece, in the order of the route
   */
  static TensorData of(List<Contribution> contributions) {
    contributions.forEach(contribution -> requireAlike(contributions.get(0), contribution));
    TensorSpec spec = contributions.get(0).tensor().spec();
    int elements = Math.toIntExact(spec.elements());
    byte[] bytes = new byte[elements * Float.BYTES];
    FloatBuffer sums = littleEndian(bytes).asFloatBuffer();
    switch (spec.type()) {
      case FLOAT32 -> addFloats(contributions, sums);
      case INT64 -> addFixedPoint(contributions, sums);
      case BFLOAT16, BYTE ->
          throw new ProtocolException("owners contribute " + contributions.get(0).tensor());
    }
    return TensorData.of(TensorSpec.of(ElementType.FLOAT32, elements), bytes);
  }

  private static void addFloats(List<Contribution> contributions, FloatBuffer sums) {
    double[] sum = new double[sums.remaining()];
    for (Contribution contribution : contributions) {
      FloatBuffer values = content(contribution).asFloatBuffer();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += contribution.share() * values.get(i);
      }
    }
    for (double element : sum) {
      sums.put((float) element);
    }
  }

  private static void addFixedPoint(List<Contribution> contributions, FloatBuffer sums) {
    long[] sum = new long[sums.remaining()];
    long[] values = new long[sum.length];
    for (Contribution contribution : contributions) {
      content(contribution).asLongBuffer().get(values);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
    for (long element : sum) {
      sums.put(FixedPoint.toFloat(element));
    }
  }

  private static void requireAlike(Contribution one, Contribution other) {
    if (!one.tensor().spec().equals(other.tensor().spec()) || one.chunks() != other.chunks()) {
      throw new ProtocolException(
          "owners contribute %s of %d and %s of %d as piece %d"
              .formatted(
                  one.tensor(), one.chunks(), other.tensor(), other.chunks(), other.chunk()));
    }
  }

  private static ByteBuffer content(Contribution contribution) {
    TensorData tensor = contribution.tensor();
    byte[] bytes = new byte[Math.toIntExact(tensor.size())];
    tensor.copyTo(ByteBuffer.wrap(bytes));
    return littleEndian(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
