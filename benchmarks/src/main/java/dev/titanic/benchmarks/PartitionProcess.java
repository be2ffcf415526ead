package dev.titanic.benchmarks;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.torch.TorchPartitionLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one partition in this process, and prints what it took. Arguments: a tiny model to warm up
 * with, the model, number of stages, partition, micro-batches, sequences, tokens.
 */
public final class PartitionProcess {
  private static final int STEPS = 3;

  private PartitionProcess() {}

  /** The arguments as {@link #main} takes them. */
  static List<String> arguments(
      Path tiny, Path model, int stages, int partition, BatchShape batch) {
    List<String> arguments = new ArrayList<>(List.of(tiny.toString(), model.toString()));
    for (int number :
        new int[] {stages, partition, batch.microBatches(), batch.sequences(), batch.tokens()}) {
      arguments.add(Integer.toString(number));
    }
    return arguments;
  }

  public static void main(String[] values) {
    Arguments numbers = Arguments.of(values);
    Cut cut = Cut.even(RandomGpt2.BLOCKS, 1, numbers.get(2, 0));
    int partition = numbers.get(3, 0);
    BatchShape batch = new BatchShape(numbers.get(4, 1), numbers.get(5, 1), numbers.get(6, 1));
    try (PartitionSteps tiny =
        load(Path.of(values[0]), cut, partition, new BatchShape(1, 1, batch.tokens()))) {
      tiny.pass();
      tiny.commit();
    }
    System.out.println(measure(Path.of(values[1]), cut, partition, batch).toLine());
  }

  private static PartitionSteps load(Path path, Cut cut, int partition, BatchShape batch) {
    ModelDirectory model = ModelDirectory.open(path);
    TrainingSettings settings = new TrainingSettings(AdamW.withWeightDecay(0.01), new Noise(0));
    return PartitionSteps.load(
        new TorchPartitionLoader(model, cut, settings, ComputeDevice.CPU), model, partition, batch);
  }

  private static PartitionUse measure(Path model, Cut cut, int partition, BatchShape batch) {
    long engine = ResidentMemory.now();
    try (PartitionSteps steps = load(model, cut, partition, batch);
        ResidentMemory memory = ResidentMemory.watching()) {
      long loaded = ResidentMemory.now();
      double pass = 0;
      double commit = 0;
      for (int step = 0; step < STEPS; step++) {
        long start = System.nanoTime();
        steps.pass();
        long between = System.nanoTime();
        steps.commit();
        pass = (between - start) / 1e9;
        commit = (System.nanoTime() - between) / 1e9;
      }
      long heap = Runtime.getRuntime().totalMemory();
      return new PartitionUse(engine - heap, loaded - engine, memory.peak() - engine, pass, commit);
    }
  }
}
