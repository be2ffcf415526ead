package dev.titanic.nn.torch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Evaluation;
import dev.titanic.nn.Golden;
import dev.titanic.protocol.TokenBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

final class NativeMemoryTest {
  private static final int STEPS = 1_000;
  private static final long PAGE_BYTES = 4096;

  private final Golden golden = Golden.of("llama-gqa");
  private final List<TokenBatch> batches =
      List.of(TokenBatch.of(new int[40]), TokenBatch.of(new int[20]));

  @Test
  void thousandStepsLeakNoNativeArray() throws IOException {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 2)) {
      warmUp(model);
      int arrays = model.liveArrays();
      long resident = residentBytes();

      for (int step = 0; step < STEPS; step++) {
        model.step(batches, 1e-4);
        model.squaredNorms();
        if (step % 100 == 0) {
          model.partitions().forEach(partition -> partition.state(0));
        }
        assertThat(model.liveArrays()).isEqualTo(arrays);
      }

      // A leak of one activation of every micro-batch would be 20 MB, of the gradients 500 MB.
      assertThat(residentBytes() - resident).isLessThan(8L << 20);
    }
  }

  @Test
  void abortsAndEvaluationsLeakNoNativeArray() {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 2)) {
      warmUp(model);
      int arrays = model.liveArrays();
      for (int round = 0; round < 100; round++) {
        model.forward(0, batches.get(0), true);
        model.accumulate(1, batches.get(1));
        model.partitions().forEach(partition -> partition.discard());
        Evaluation.of(model.owner, model.stages, batches);
        assertThat(model.liveArrays()).isEqualTo(arrays);
      }
    }
  }

  @Test
  void anEvaluationAllocatesNeitherGradientsNorMoments() {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 0)) {
      Evaluation.of(model.owner, model.stages, batches);
      int evaluating = model.liveArrays();
      model.step(batches, 1e-4);
      int weights = model.weights().size();
      int tied = 1;
      assertThat(model.liveArrays() - evaluating).isGreaterThanOrEqualTo(3 * weights + tied);
    }
  }

  private void warmUp(PartitionedModel model) {
    for (int step = 0; step < 100; step++) {
      model.step(batches, 1e-4);
      model.squaredNorms();
      model.partitions().forEach(partition -> partition.state(0));
    }
    Evaluation.of(model.owner, model.stages, batches);
    System.gc();
  }

  private static long residentBytes() throws IOException {
    try (Scanner statistics = new Scanner(Path.of("/proc/self/statm"), UTF_8)) {
      statistics.nextLong();
      return statistics.nextLong() * PAGE_BYTES;
    }
  }
}
