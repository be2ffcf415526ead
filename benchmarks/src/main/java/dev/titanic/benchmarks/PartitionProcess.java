package dev.titanic.benchmarks;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.torch.TorchPartitionLoader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains one partition in this process, and prints what it took. Arguments: a tiny model to warm up
 * with, the model, number of stages, partition, micro-batches, sequences, tokens, and the numbers
 * of a {@link MemorySaver}.
 */
public final class PartitionProcess {
  private static final int STEPS = 6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PartitionProcess() {}

  /** The arguments as {@link #main} takes them. */
  static List<String> arguments(
      Path tiny, Path model, int stages, int partition, BatchShape batch, MemorySaver saver) {
    List<String> arguments = new ArrayList<>(List.of(tiny.toString(), model.toString()));
    for (int number :
        new int[] {
          stages,
          partition,
          batch.microBatches(),
          batch.sequences(),
          batch.tokens(),
          saver.recomputeNumber(),
          saver.narrowNumber()
        }) {
      arguments.add(Integer.toString(number));
    }
    return arguments;
  }

  public static void main(String[] values) {
    Arguments numbers = Arguments.of(values);
    Cut cut = Cut.even(RandomGpt2.BLOCKS, 1, numbers.get(2, 0));
    int partition = numbers.get(3, 0);
    BatchShape batch = new BatchShape(numbers.get(4, 1), numbers.get(5, 1), numbers.get(6, 1));
    MemorySaver saver = MemorySaver.of(numbers.get(7, 0), numbers.get(8, 0));
    try (PartitionSteps tiny =
        load(Path.of(values[0]), cut, partition, new BatchShape(1, 1, batch.tokens()), saver)) {
      tiny.pass();
      tiny.commit();
    }
    System.out.println(measure(Path.of(values[1]), cut, partition, batch, saver).toLine());
  }

  private static PartitionSteps load(
      Path path, Cut cut, int partition, BatchShape batch, MemorySaver saver) {
    ModelDirectory model = ModelDirectory.open(path);
    TrainingSettings settings =
        saver.applyTo(new TrainingSettings(AdamW.withWeightDecay(0.01), new Noise(0)));
    return PartitionSteps.load(
        new TorchPartitionLoader(model, cut, settings, ComputeDevice.CPU), model, partition, batch);
  }

  private static PartitionUse measure(
      Path model, Cut cut, int partition, BatchShape batch, MemorySaver saver) {
    long heap = Runtime.getRuntime().totalMemory();
    long engine = ResidentMemory.now();
    try (PartitionSteps steps = load(model, cut, partition, batch, saver);
        ResidentMemory memory = ResidentMemory.watching()) {
      long loaded = ResidentMemory.now();
      double[] passes = new double[STEPS];
      double[] commits = new double[STEPS];
      for (int step = 0; step < STEPS; step++) {
        passes[step] = cpuSeconds(steps::pass);
        commits[step] = cpuSeconds(steps::commit);
      }
      return new PartitionUse(
          engine - heap, loaded - engine, memory.peak() - engine, least(passes), least(commits));
    }
  }

  /** CPU time of this thread, on which the engine computes: other processes do not slow it down. */
  private static double cpuSeconds(Runnable work) {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
