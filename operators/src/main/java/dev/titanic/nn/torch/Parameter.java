package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.nn.family.Weight;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One trained weight: value, gradient, and, from the first update on, moments. */
final class Parameter {
  private final Weight weight;
  private final int layer;
  private final Leaf leaf;
  private @Nullable Leaf tied;
  private @Nullable PtNDArray firstMoment;
  private @Nullable PtNDArray secondMoment;

  private Parameter(Weight weight, int layer, Leaf leaf) {
    this.weight = weight;
    this.layer = layer;
    this.leaf = leaf;
  }

  /**
   * Takes the weight from somewhere else than a trained state.
   *
   * @param values writes all elements as little-endian float32
   */
  static Parameter of(PtNDManager owner, Weight weight, int layer, Consumer<ByteBuffer> values) {
    PtNDArray array = Transfer.in(owner, weight.spec(), values);
    return new Parameter(weight, layer, new Leaf(array, weight.spec()));
  }

  /** Takes weight and moments from a trained state. */
  static Parameter of(PtNDManager owner, Weight weight, int layer, PartitionState.Parameter state) {
    PtNDArray array = Transfer.in(owner, state.value());
    Parameter parameter = new Parameter(weight, layer, new Leaf(array, weight.spec()));
    parameter.firstMoment = moment(state.firstMoment(), owner, Program.FIRST_MOMENTS);
    parameter.secondMoment = moment(state.secondMoment(), owner, Program.SECOND_MOMENTS);
    return parameter;
  }

  private static PtNDArray moment(TensorData data, PtNDManager owner, String name) {
    PtNDArray moment = Transfer.in(owner, data);
    moment.setName(name);
    return moment;
  }

  String name() {
    return weight.name();
  }

  TensorSpec spec() {
    return weight.spec();
  }

  /** Index for {@link dev.titanic.schemas.edge.SquaredNorms}. */
  int layer() {
    return layer;
  }

  Leaf leaf() {
    return leaf;
  }

  /**
   * Makes a second leaf over this weight, for another use of it. Its gradient accumulates apart, so
   * that the order of sums does not depend on when the two uses run, and joins the first one's in
   * {@link #gradient()}.
   */
  Leaf tie() {
    Leaf second = leaf.alias();
    tied = second;
    return second;
  }

  /** Makes gradients, so that every backward pass adds to them in place. */
  void prepareForBackward() {
    leaf.gradient();
    if (tied != null) {
      tied.gradient();
    }
  }

  /** The whole gradient, of all uses of this weight. */
  PtNDArray gradient() {
    if (tied != null) {
      JniUtils.addi(leaf.gradient(), tied.gradient());
      tied.clearGradient();
    }
    return leaf.gradient();
  }

  void clearGradient() {
    leaf.clearGradient();
    if (tied != null) {
      tied.clearGradient();
    }
  }

  PtNDArray firstMoment() {
    PtNDArray known = firstMoment;
    if (known == null) {
      known = zeros(Program.FIRST_MOMENTS);
      firstMoment = known;
    }
    return known;
  }

  PtNDArray secondMoment() {
    PtNDArray known = secondMoment;
    if (known == null) {
      known = zeros(Program.SECOND_MOMENTS);
      secondMoment = known;
    }
    return known;
  }

  private PtNDArray zeros(String name) {
    PtNDArray zeros = Transfer.zeros(leaf.array().getManager(), weight.spec());
    zeros.setName(name);
    return zeros;
  }

  /** Reads value and moments. */
  PartitionState.Parameter state(Function<PtNDArray, TensorData> reader) {
    return new PartitionState.Parameter(
        name(),
        reader.apply(leaf.array()),
        reader.apply(firstMoment()),
        reader.apply(secondMoment()));
  }
}
