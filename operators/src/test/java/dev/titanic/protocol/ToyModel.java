package dev.titanic.protocol;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model whose arithmetic is a chain of hashes: every micro-batch, its order, and every commit
 * change the final weights, so that equal weights mean that each happened exactly once.
 */
final class ToyModel implements PartitionLoader {
  private static final TensorSpec LONG = TensorSpec.of(ElementType.BYTE, 8);
  private static final TensorSpec FLOAT = TensorSpec.of(ElementType.FLOAT32, 1);

  /** One in this many micro-batches has a gradient that is not finite. */
  private static final int NOT_FINITE_EVERY = 61;

  private final int stages;
  private final int owners;

  /** Of a single owner, or of owners in turn. */
  ToyModel(int stages) {
    this(stages, 1);
  }

  /**
   * @param owners that train at once
   */
  ToyModel(int stages, int owners) {
    this.stages = stages;
    this.owners = owners;
  }

  @Override
  public OwnerPartition owner(@Nullable PartitionState state) {
    return new Owner(stages, state);
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    return new Stage(stages, stageIndex, PipelineSchedule.window(stages, owners), state);
  }

  static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  static TensorData tensor(long value) {
    return TensorData.of(LONG, ByteBuffer.allocate(8).putLong(value).array());
  }

  static long value(TensorData tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(8);
    tensor.copyTo(bytes);
    return bytes.getLong(0);
  }

  static float weight(TensorData tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    return bytes.getFloat(0);
  }

  /** The micro-batch that an owner's topic holds at an offset. */
  static TokenBatch batch(String owner, long offset) {
    int token = (int) (mix(owner.hashCode() * 31L + offset) & 0xffff);
    return TokenBatch.of(new int[] {token, token / 2});
  }

  /**
   * How many micro-batches an owner's topic has for turns of epochs: many, of which the last one is
   * not finite, none, or few.
   */
  static int size(String owner) {
    int number = Integer.parseInt(owner.substring(owner.indexOf('-') + 1));
    return new int[] {74, 0, 14}[number % 3];
  }

  private static boolean finite(TokenBatch batch) {
    return batch.inputs()[0] % NOT_FINITE_EVERY != 0;
  }

  /**
   * What a run in one place comes to.
   *
   * @param turnEnds numbers of committed steps after which a turn with steps was over
   */
  record Reference(
      Map<String, Float> weights, List<Double> losses, long skipped, List<Long> turnEnds) {
    static Reference of(Simulation.Scenario scenario) {
      return new ToyTraining(scenario).run();
    }
  }

  /** Data of an owner that sometimes has to be asked again. */
  static OwnerData data(String owner, int microBatchesInEvaluation, java.util.Random random) {
    return new OwnerData() {
      @Override
      public @Nullable Step read(StreamPosition position, int microBatches) {
        if (random.nextInt(10) == 0) {
          return null;
        }
        long offset = position.cursors().isEmpty() ? 0 : position.cursors().get(0).offset();
        Passes passes = position.passes();
        if (passes != null && passes.ends().isEmpty()) {
          passes = new Passes(passes.left(), List.of((long) size(owner)), passes.given());
        }
        List<TokenBatch> batches = new ArrayList<>();
        while (batches.size() < microBatches && (passes == null || passes.left() > 0)) {
          if (passes == null || offset < passes.ends().get(0)) {
            batches.add(batch(owner, offset++));
            passes = passes == null ? null : passes.oneMore();
          } else {
            passes = passes.next();
            offset = passes.left() > 0 ? 0 : offset;
          }
        }
        return new Step(
            batches,
            new StreamPosition(
                List.of(new StreamPosition.Cursor(offset, 0)),
                0,
                StreamPosition.Window.FIRST,
                passes),
            0);
      }

      @Override
      public Amount count(StreamPosition position) {
        return new Amount(size(owner), position.upTo(List.of((long) size(owner))));
      }

      @Override
      public List<TokenBatch> evaluation(int first, int sequences) {
        List<TokenBatch> batches = new ArrayList<>();
        for (int i = first; i < Math.min(first + sequences, microBatchesInEvaluation); i++) {
          batches.add(batch("evaluation", i));
        }
        return batches;
      }

      @Override
      public void close() {}
    };
  }

  /** Weights and gradients of either kind of partition. */
  abstract static class Toy implements Partition {
    /** More than may be pulled, or be at the aggregator, at a time. */
    private static final int WEIGHTS = 2 * PulledChunks.OUTSTANDING;

    private final int stages;
    private final int row;
    private final int mostAlive;
    private final Map<Integer, Long> inputs = new HashMap<>();
    private final float[] weights = new float[WEIGHTS];
    private final float[] gradients = new float[WEIGHTS];

    /** Apart from the other: heads and backward passes interleave as messages arrive. */
    private final float[] headGradients = new float[WEIGHTS];

    private long updates;
    private boolean finite = true;

    /**
     * @param mostAlive graphs that there may be at a time: what a plan counts on
     */
    Toy(int stages, int row, int mostAlive, @Nullable PartitionState state) {
      this.stages = stages;
      this.row = row;
      this.mostAlive = mostAlive;
      this.updates = state == null ? 0 : state.optimizerSteps();
      for (int i = 0; i < WEIGHTS; i++) {
        weights[i] =
            state == null ? small(row + 31L * i) : ToyModel.weight(state.tensors().get(i).value());
      }
    }

    /** A whole number of which a few can be added exactly. */
    private static float small(long value) {
      return mix(value) >>> 44;
    }

    private long hash() {
      long all = 0;
      for (float weight : weights) {
        all = all * 31 + Float.floatToIntBits(weight);
      }
      return all;
    }

    private static void accumulate(float[] gradient, long contribution) {
      for (int i = 0; i < WEIGHTS; i++) {
        gradient[i] = small(((long) gradient[i]) * 31 + mix(contribution + i));
      }
    }

    long forward(int microBatch, long input, boolean training) {
      if (training && inputs.put(microBatch, input) != null) {
        throw new IllegalStateException("micro-batch " + microBatch + " twice");
      }
      if (inputs.size() > mostAlive) {
        throw new IllegalStateException("more graphs than %d: %s".formatted(mostAlive, inputs));
      }
      return mix(input ^ hash());
    }

    long backward(int microBatch, long outputGradient) {
      Long input = inputs.remove(microBatch);
      if (input == null) {
        throw new IllegalStateException("micro-batch " + microBatch + " has no graph");
      }
      accumulate(gradients, outputGradient ^ input);
      return mix(outputGradient + hash());
    }

    void accumulateAtHead(long contribution) {
      accumulate(headGradients, contribution);
    }

    void spoil() {
      finite = false;
    }

    @Override
    public SquaredNorms squaredNorms() {
      double[] norms = new double[stages + 2];
      norms[row] = finite ? 1 : Double.NaN;
      return SquaredNorms.of(norms);
    }

    @Override
    public void commit(double factor, double learningRate) {
      if (!inputs.isEmpty()) {
        throw new IllegalStateException("commit with graphs alive: " + inputs.keySet());
      }
      updates++;
      for (int i = 0; i < WEIGHTS; i++) {
        long change = Double.doubleToLongBits(factor * gradient(i)) + updates;
        weights[i] = small(Float.floatToIntBits(weights[i]) * 31L + change);
      }
      discard();
    }

    @Override
    public void discard() {
      inputs.clear();
      Arrays.fill(gradients, 0);
      Arrays.fill(headGradients, 0);
      finite = true;
    }

    @Override
    public PartitionState state(long version) {
      List<PartitionState.Parameter> parameters = new ArrayList<>();
      weights()
          .forEach(
              (name, spec) -> {
                TensorData none = tensor(0);
                parameters.add(new PartitionState.Parameter(name, value(name), none, none));
              });
      return new PartitionState(row, PartitionState.ONLY_COPY, version, updates, "toy", parameters);
    }

    private TensorData value(String name) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
      read(name, 0, bytes);
      return TensorData.of(FLOAT, bytes.array());
    }

    @Override
    public PartitionState view(long version) {
      return state(version);
    }

    @Override
    public Map<String, TensorSpec> weights() {
      Map<String, TensorSpec> specs = new LinkedHashMap<>();
      for (int index = 0; index < WEIGHTS; index++) {
        specs.put("weight-" + row + "-" + index, FLOAT);
      }
      return specs;
    }

    private static int index(String name) {
      return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    float gradient(int index) {
      return gradients[index] + headGradients[index];
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) {
      put(weights[index(name)], target);
    }

    @Override
    public void write(String name, long offset, ByteBuffer source) {
      weights[index(name)] = source.order(ByteOrder.LITTLE_ENDIAN).getFloat();
    }

    @Override
    public void readGradient(String name, long offset, ByteBuffer target) {
      put(gradient(index(name)), target);
    }

    @Override
    public void writeGradient(String name, long offset, ByteBuffer source) {
      gradients[index(name)] = source.order(ByteOrder.LITTLE_ENDIAN).getFloat();
      headGradients[index(name)] = 0;
    }

    private static void put(float value, ByteBuffer target) {
      target.order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    }

    @Override
    public void resetOptimizer() {
      updates = 0;
    }

    @Override
    public void close() {
      inputs.clear();
    }
  }

  private static final class Stage extends Toy implements StagePartition {
    Stage(int stages, int row, int mostAlive, @Nullable PartitionState state) {
      super(stages, row, mostAlive, state);
    }

    @Override
    public TensorData forward(MicroBatch microBatch, TensorData activation, boolean training) {
      return tensor(forward(microBatch.index(), value(activation), training));
    }

    @Override
    public TensorData backward(MicroBatch microBatch, TensorData outputGradient) {
      return tensor(backward(microBatch.index(), value(outputGradient)));
    }
  }

  private static final class Owner extends Toy implements OwnerPartition {
    Owner(int stages, @Nullable PartitionState state) {
      super(stages, 0, PipelineSchedule.window(stages), state);
    }

    @Override
    public TensorData forward(MicroBatch microBatch, TokenBatch batch, boolean training) {
      return tensor(forward(microBatch.index(), batch.inputs()[0], training));
    }

    @Override
    public HeadResult head(
        MicroBatch microBatch, TensorData hidden, TokenBatch batch, boolean training) {
      long output = value(hidden);
      double loss = (output >>> 40) / 1e6;
      if (!training) {
        return new HeadResult(loss, null);
      }
      if (!finite(batch)) {
        spoil();
      }
      accumulateAtHead(output);
      return new HeadResult(loss, tensor(mix(output + batch.targets()[0])));
    }

    @Override
    public void backward(MicroBatch microBatch, TensorData outputGradient) {
      backward(microBatch.index(), value(outputGradient));
    }
  }
}
