package dev.titanic.benchmarks;

import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.partition.BatchShape;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.nn.partition.PartitionCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicted against measured native memory and computing time of every partition of a GPT-2 of 124
 * million parameters, each in a process of its own. Arguments: stages, micro-batches, sequences of
 * a micro-batch, tokens of a sequence, 1 for recomputation, 1 for bfloat16.
 */
public final class PartitionMemory {
  private static final int STAGES = 3;
  private static final int MICRO_BATCHES = 4;
  private static final int SEQUENCES = 2;
  private static final int TOKENS = 128;
  private static final double MEGABYTE = 1 << 20;

  /** Enough for tensors in transit, and touched at once, so that it does not grow. */
  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  private PartitionMemory() {}

  public static void main(String[] values) throws Exception {
    Arguments arguments = Arguments.of(values);
    Cut cut = Cut.even(RandomGpt2.BLOCKS, 1, arguments.get(0, STAGES));
    BatchShape batch =
        new BatchShape(
            arguments.get(1, MICRO_BATCHES), arguments.get(2, SEQUENCES), arguments.get(3, TOKENS));
    MemorySaver saver = MemorySaver.of(arguments.get(4, 0), arguments.get(5, 0));
    Machine.print(System.out);
    System.out.printf("K=%d, %s, %s%n%n", cut.stages(), batch, saver);
    try (ScratchDirectory scratch = ScratchDirectory.create()) {
      Path tiny = RandomGpt2.writeTiny(scratch.path());
      Path model = RandomGpt2.write(scratch.path());
      ModelCost cost =
          ModelCost.of(
              Architecture.of(ModelDirectory.config(model)),
              batch,
              saver.compute(),
              saver.recompute());
      List<PartitionUse> uses = new ArrayList<>();
      for (int partition = 0; partition <= cut.stages(); partition++) {
        uses.add(
            measure(
                PartitionProcess.arguments(tiny, model, cut.stages(), partition, batch, saver)));
        printMemory(cost.partition(cut, partition), partition, uses.get(partition));
      }
      System.out.println();
      printTimes(cost, cut, uses);
    }
  }

  private static PartitionUse measure(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(HEAP);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PartitionProcess.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader()) {
      List<String> found = lines.lines().filter(PartitionUse::isLine).toList();
      int exitCode = process.waitFor();
      if (exitCode != 0 || found.size() != 1) {
        throw new IllegalStateException("the partition's process ended with " + exitCode);
      }
      return PartitionUse.parse(found.get(0));
    }
  }

  private static void printMemory(PartitionCost cost, int partition, PartitionUse use) {
    System.out.printf(
        "%-8s MiB: weights %.0f, training %.0f, activations %.0f, fragments %.0f, predicted %.0f, measured %.0f, error %+.1f %%; engine beside it %.0f, just loaded %.0f%n",
        name(partition),
        cost.memory().weights() / MEGABYTE,
        cost.memory().training() / MEGABYTE,
        cost.memory().activations() / MEGABYTE,
        cost.memory().fragments() / MEGABYTE,
        cost.memory().total() / MEGABYTE,
        use.peakBytes() / MEGABYTE,
        error((double) cost.memory().total(), (double) use.peakBytes()),
        use.engineBytes() / MEGABYTE,
        use.loadedBytes() / MEGABYTE);
  }

  /** The last stage says how fast this machine is. */
  private static void printTimes(ModelCost cost, Cut cut, List<PartitionUse> uses) {
    int last = cut.stages();
    int microBatches = cost.batch().microBatches();
    double flopsPerSecond =
        microBatches * cost.partition(cut, last).flops() / uses.get(last).passSeconds();
    System.out.printf("%.1f GFLOP/s in %s%n", flopsPerSecond / 1e9, name(last));
    for (int partition = 0; partition <= last; partition++) {
      double predicted = microBatches * cost.partition(cut, partition).flops() / flopsPerSecond;
      PartitionUse use = uses.get(partition);
      System.out.printf(
          "%-8s CPU s/step: predicted %.3f, measured %.3f, error %+.1f %%; norms and optimizer beside it %.3f%n",
          name(partition),
          predicted,
          use.passSeconds(),
          error(predicted, use.passSeconds()),
          use.commitSeconds());
    }
  }

  private static double error(double predicted, double measured) {
    return 100 * (predicted / measured - 1);
  }

  private static String name(int partition) {
    return partition == 0 ? "owner" : "stage-" + partition;
  }
}
