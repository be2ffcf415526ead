package dev.titanic.benchmarks;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;

/** The partition of K=0 in a loop: no Flink, no Kafka, no protocol. */
final class PlainLoop implements Contender {
  private final String name;
  private final TorchPartitionLoader loader;
  private final Workload workload;

  PlainLoop(Path model, Workload workload) {
    this("plain loop", model, ComputeType.FLOAT32, workload);
  }

  PlainLoop(String name, Path model, ComputeType type, Workload workload) {
    this.name = name;
    this.loader =
        new TorchPartitionLoader(
            ModelDirectory.open(model),
            Cut.even(RandomLlama.BLOCKS, 0, 0),
            new TrainingSettings(AdamW.withWeightDecay(Workload.WEIGHT_DECAY), new Noise(0))
                .in(type),
            ComputeDevice.CPU);
    this.workload = workload;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Cost measure() {
    Iterator<int[]> sequences = workload.sequences().iterator();
    try (OwnerPartition partition = loader.owner(null)) {
      train(partition, sequences, workload.warmUp());
      Stopwatch stopwatch = Stopwatch.start();
      train(partition, sequences, workload.steps());
      return stopwatch.read(workload.tokens());
    }
  }

  private static void train(OwnerPartition partition, Iterator<int[]> sequences, int steps) {
    for (int step = 0; step < steps; step++) {
      long targets = 0;
      for (int microBatch = 0; microBatch < Workload.MICRO_BATCHES; microBatch++) {
        TokenBatch batch = next(sequences);
        accumulate(partition, new MicroBatch(step, microBatch), batch);
        targets += batch.targetCount();
      }
      requireFinite(partition.squaredNorms().total());
      partition.commit(1.0 / targets, Workload.LEARNING_RATE);
    }
  }

  private static void accumulate(
      OwnerPartition partition, MicroBatch microBatch, TokenBatch batch) {
    TensorData hidden = partition.forward(microBatch, batch, true);
    HeadResult result = partition.head(microBatch, hidden, batch, true);
    requireFinite(result.lossSum());
    partition.backward(microBatch, Objects.requireNonNull(result.gradient()));
  }

  private static TokenBatch next(Iterator<int[]> sequences) {
    int[][] batch = new int[Workload.MICRO_BATCH_SIZE][];
    for (int row = 0; row < batch.length; row++) {
      batch[row] = sequences.next();
    }
    return TokenBatch.of(batch);
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("the training has diverged");
    }
  }
}
