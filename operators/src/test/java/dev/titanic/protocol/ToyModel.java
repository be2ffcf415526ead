package dev.titanic.protocol;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

  /** One in this many micro-batches has a gradient that is not finite. */
  private static final int NOT_FINITE_EVERY = 61;

  private final int stages;

  ToyModel(int stages) {
    this.stages = stages;
  }

  @Override
  public OwnerPartition owner(@Nullable PartitionState state) {
    return new Owner(stages, state);
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    return new Stage(stages, stageIndex, state);
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
      Map<String, Long> weights, List<Double> losses, long skipped, List<Long> turnEnds) {
    static Reference of(int stages, Turns turns, int microBatches) {
      ToyModel model = new ToyModel(stages);
      OwnerPartition owner = model.owner(null);
      List<StagePartition> behind = new ArrayList<>();
      for (int stage = 1; stage <= stages; stage++) {
        behind.add(model.stage(stage, null));
      }
      List<Partition> all = new ArrayList<>(behind);
      all.add(owner);
      Map<String, Long> offsets = new HashMap<>();
      List<Double> losses = new ArrayList<>();
      List<Long> turnEnds = new ArrayList<>();
      long skipped = 0;
      int turn = 0;
      int stepsOfTurn = 0;
      long takenInTurn = 0;
      while (turn < turns.rounds() * turns.owners().size()) {
        String client = turns.owners().get(turn % turns.owners().size());
        long left =
            turns.stepsPerTurn() > 0
                ? stepsOfTurn < turns.stepsPerTurn() ? microBatches : 0
                : (long) turns.epochsPerTurn() * size(client) - takenInTurn;
        if (left == 0) {
          if (stepsOfTurn > 0) {
            turnEnds.add((long) losses.size());
          }
          turn++;
          stepsOfTurn = 0;
          takenInTurn = 0;
          continue;
        }
        double loss = 0;
        SquaredNorms norms = SquaredNorms.of(new double[stages + 2]);
        int count = (int) Math.min(microBatches, left);
        for (int m = 0; m < count; m++) {
          MicroBatch id = new MicroBatch(losses.size(), m);
          long offset =
              turns.stepsPerTurn() > 0
                  ? offsets.merge(client, 1L, Long::sum) - 1
                  : takenInTurn++ % size(client);
          TokenBatch batch = batch(client, offset);
          TensorData hidden = owner.forward(id, batch, true);
          for (StagePartition stage : behind) {
            hidden = stage.forward(id, hidden, true);
          }
          HeadResult result = owner.head(id, hidden, batch, true);
          loss += result.lossSum();
          TensorData gradient = java.util.Objects.requireNonNull(result.gradient());
          for (int stage = stages - 1; stage >= 0; stage--) {
            gradient = behind.get(stage).backward(id, gradient);
          }
          owner.backward(id, gradient);
        }
        for (Partition partition : all) {
          norms = norms.plus(partition.squaredNorms());
        }
        if (Double.isFinite(norms.total())) {
          losses.add(loss / count);
          stepsOfTurn++;
          all.forEach(partition -> partition.commit(1, 1));
        } else {
          skipped++;
          all.forEach(Partition::discard);
        }
      }
      Map<String, Long> weights = new HashMap<>();
      all.forEach(
          p -> p.weights().forEach((name, spec) -> weights.put(name, ((Toy) p).exported(name))));
      return new Reference(weights, losses, skipped, turnEnds);
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
          passes = passes.upTo(List.of((long) size(owner)));
        }
        List<TokenBatch> batches = new ArrayList<>();
        while (batches.size() < microBatches && (passes == null || passes.left() > 0)) {
          if (passes == null || offset < passes.ends().get(0)) {
            batches.add(batch(owner, offset++));
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
  private abstract static class Toy implements Partition {
    private final int stages;
    private final int row;
    private final Map<Integer, Long> inputs = new HashMap<>();
    private long weight;
    private long updates;
    private long gradient;

    /** Apart from the other: heads and backward passes interleave as messages arrive. */
    private long headGradient;

    private boolean finite = true;

    Toy(int stages, int row, @Nullable PartitionState state) {
      this.stages = stages;
      this.row = row;
      this.weight = state == null ? mix(row) : value(state.tensors().get(0).value());
      this.updates = state == null ? 0 : state.optimizerSteps();
    }

    long forward(int microBatch, long input, boolean training) {
      if (training && inputs.put(microBatch, input) != null) {
        throw new IllegalStateException("micro-batch " + microBatch + " twice");
      }
      return mix(input ^ weight);
    }

    long backward(int microBatch, long outputGradient) {
      Long input = inputs.remove(microBatch);
      if (input == null) {
        throw new IllegalStateException("micro-batch " + microBatch + " has no graph");
      }
      gradient = gradient * 31 + mix(outputGradient ^ input);
      return mix(outputGradient + weight);
    }

    void accumulateAtHead(long contribution) {
      headGradient = headGradient * 31 + mix(contribution);
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
      weight = weight * 31 + gradient + 7 * headGradient;
      updates++;
      discard();
    }

    @Override
    public void discard() {
      inputs.clear();
      gradient = 0;
      headGradient = 0;
      finite = true;
    }

    @Override
    public PartitionState state(long version) {
      return new PartitionState(
          row,
          version,
          updates,
          "toy",
          List.of(new PartitionState.Parameter("w", tensor(weight), tensor(0), tensor(0))));
    }

    @Override
    public PartitionState view(long version) {
      return state(version);
    }

    /** More than may be pulled at a time. */
    @Override
    public Map<String, TensorSpec> weights() {
      Map<String, TensorSpec> weights = new LinkedHashMap<>();
      for (int index = 0; index < 2 * PulledChunks.OUTSTANDING; index++) {
        weights.put("weight-" + row + "-" + index, LONG);
      }
      return weights;
    }

    long exported(String name) {
      return mix(weight + name.hashCode());
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) {
      target.putLong(exported(name));
    }

    @Override
    public void close() {
      inputs.clear();
    }
  }

  private static final class Stage extends Toy implements StagePartition {
    Stage(int stages, int row, @Nullable PartitionState state) {
      super(stages, row, state);
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
      super(stages, 0, state);
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
