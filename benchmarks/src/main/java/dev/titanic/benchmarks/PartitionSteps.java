package dev.titanic.benchmarks;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.Partition;
import dev.titanic.protocol.StagePartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Steps of one partition by itself: all micro-batches of a step go forward before the first goes
 * backward, which is the most that a host may be asked for.
 */
final class PartitionSteps implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-4;

  private final Partition partition;
  private final BatchShape batch;
  private final int hidden;
  private final int vocabulary;
  private final Random random = new Random(5);
  private long version;

  private PartitionSteps(Partition partition, BatchShape batch, int hidden, int vocabulary) {
    this.partition = partition;
    this.batch = batch;
    this.hidden = hidden;
    this.vocabulary = vocabulary;
  }

  static PartitionSteps load(
      TorchPartitionLoader loader, ModelDirectory model, int partition, BatchShape batch) {
    return new PartitionSteps(
        partition == 0 ? loader.owner(null) : loader.stage(partition, null),
        batch,
        model.config().positive("n_embd"),
        model.config().positive("vocab_size"));
  }

  /** Forward and backward of all micro-batches. */
  void pass() {
    List<MicroBatch> microBatches =
        IntStream.range(0, batch.microBatches())
            .mapToObj(index -> new MicroBatch(version, index))
            .toList();
    if (partition instanceof OwnerPartition owner) {
      pass(owner, microBatches);
    } else if (partition instanceof StagePartition stage) {
      microBatches.forEach(microBatch -> stage.forward(microBatch, tensor(), true));
      microBatches.forEach(microBatch -> stage.backward(microBatch, tensor()));
    }
  }

  private void pass(OwnerPartition owner, List<MicroBatch> microBatches) {
    List<TokenBatch> tokens = microBatches.stream().map(microBatch -> tokens()).toList();
    for (MicroBatch microBatch : microBatches) {
      owner.forward(microBatch, tokens.get(microBatch.index()), true);
    }
    for (MicroBatch microBatch : microBatches) {
      TensorData gradient =
          owner.head(microBatch, tensor(), tokens.get(microBatch.index()), true).gradient();
      owner.backward(microBatch, Objects.requireNonNull(gradient));
    }
  }

  void commit() {
    double norm = Math.sqrt(partition.squaredNorms().total());
    partition.commit(1 / Math.max(1, norm), LEARNING_RATE);
    version++;
  }

  private TensorData tensor() {
    TensorSpec spec = TensorSpec.of(ElementType.FLOAT32, batch.sequences(), batch.tokens(), hidden);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(spec.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return TensorData.whole(spec, List.of(bytes.flip()));
  }

  private TokenBatch tokens() {
    return TokenBatch.of(
        IntStream.range(0, batch.sequences())
            .mapToObj(sequence -> random.ints(batch.tokens(), 0, vocabulary).toArray())
            .toArray(int[][]::new));
  }

  @Override
  public void close() {
    partition.close();
  }
}
