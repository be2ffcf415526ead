package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelCopy;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.Partition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Partitions on threads of their own, with all micro-batches of a step in flight and a garbage
 * collection between forward and backward, give the same bits for every cut.
 */
final class CutInvarianceTest {
  private static final int STEPS = 50;
  private static final int STEPS_WITH_DROPOUT = 5;
  private static final int MICRO_BATCHES = 4;
  private static final int CLIP_NORM = 1;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama-gqa"})
  void lossesNormsAndWeightsAreTheSameBitsForEveryCut(String name) throws Exception {
    Golden golden = Golden.of(name);
    Trained whole = trainsAlikeForEveryCut(golden.model(), null, golden.batches(), STEPS);
    assertThat(whole.losses.get(STEPS - 1)).isLessThan(whole.losses.get(0) / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "llama-gqa"})
  void masksOfDropoutAreTheSameForEveryCut(String name, @TempDir Path directory) throws Exception {
    Golden golden = Golden.of(name);
    ModelDirectory dropping = ModelCopy.dropping(golden, directory, 0.1);
    Trained whole = trainsAlikeForEveryCut(dropping, null, golden.batches(), STEPS_WITH_DROPOUT);
    Trained undropped = train(golden.model(), null, golden.batches(), 0, STEPS_WITH_DROPOUT);
    assertThat(whole.losses).doesNotContainAnyElementsOf(undropped.losses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "llama-gqa"})
  void adaptersAreTheSameBitsForEveryCut(String name) throws Exception {
    Golden golden = Golden.of(name);
    Trained whole =
        trainsAlikeForEveryCut(golden.model(), lora(0.1), golden.batches(), STEPS_WITH_DROPOUT);
    Trained undropped = train(golden.model(), lora(0), golden.batches(), 0, STEPS_WITH_DROPOUT);
    assertThat(whole.losses.get(0))
        .as("adapters begin at nothing")
        .isEqualTo(undropped.losses.get(0));
    assertThat(whole.losses.subList(1, STEPS_WITH_DROPOUT))
        .doesNotContainAnyElementsOf(undropped.losses);
  }

  private static Lora lora(double dropout) {
    return new Lora(4, 8, dropout, List.of(Lora.ALL_LINEAR), false, null);
  }

  private static Trained trainsAlikeForEveryCut(
      ModelDirectory model, @Nullable Lora lora, List<TokenBatch> batches, int steps)
      throws Exception {
    Trained whole = train(model, lora, batches, 0, steps);
    int blocks = Architecture.of(model.config()).blocks().size();
    for (int stages : new int[] {1, Math.min(3, blocks - 1)}) {
      Trained cut = train(model, lora, batches, stages, steps);
      assertThat(cut.losses).isEqualTo(whole.losses);
      assertThat(cut.norms).isEqualTo(whole.norms);
      assertThat(cut.weights.keySet()).isEqualTo(whole.weights.keySet());
      cut.weights.forEach(
          (weight, values) -> assertThat(values).as(weight).isEqualTo(whole.weights.get(weight)));
    }
    return whole;
  }

  private static Trained train(
      ModelDirectory model, @Nullable Lora lora, List<TokenBatch> batches, int stages, int steps)
      throws Exception {
    try (Columns columns = new Columns(model, lora, stages)) {
      List<Double> losses = new ArrayList<>();
      List<SquaredNorms> norms = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        losses.add(columns.accumulate(step, batches.subList(0, MICRO_BATCHES)));
        SquaredNorms squared = columns.squaredNorms();
        norms.add(squared);
        double clip = Math.min(1, CLIP_NORM / Math.sqrt(squared.total()));
        columns.commit(clip, 3e-3);
      }
      return new Trained(losses, norms, columns.model.weights());
    }
  }

  private record Trained(
      List<Double> losses, List<SquaredNorms> norms, Map<String, float[]> weights) {}

  /** One thread for every partition, as in the job. */
  private static final class Columns implements AutoCloseable {
    private final List<ExecutorService> threads = new ArrayList<>();
    private final PartitionedModel model;

    Columns(ModelDirectory directory, @Nullable Lora lora, int stages) {
      for (int partition = 0; partition <= stages; partition++) {
        threads.add(Executors.newSingleThreadExecutor());
      }
      model = new PartitionedModel(directory, stages, lora);
    }

    private <T> Future<T> on(int partition, Supplier<T> work) {
      return threads.get(partition).submit(work::get);
    }

    /** All forward passes in order, then all backward passes in order, as a pipeline. */
    double accumulate(int version, List<TokenBatch> batches) throws Exception {
      List<Future<TensorData>> hidden = new ArrayList<>();
      for (int m = 0; m < batches.size(); m++) {
        MicroBatch microBatch = new MicroBatch(version, m);
        TokenBatch batch = batches.get(m);
        Future<TensorData> upstream = on(0, () -> model.owner.forward(microBatch, batch, true));
        for (int stage = 1; stage < threads.size(); stage++) {
          TorchStage partition = model.stages.get(stage - 1);
          Future<TensorData> input = upstream;
          upstream = on(stage, () -> partition.forward(microBatch, get(input), true));
        }
        hidden.add(upstream);
      }
      for (Future<TensorData> output : hidden) {
        get(output);
      }
      System.gc();
      double lossSum = 0;
      List<Future<?>> finished = new ArrayList<>();
      for (int m = 0; m < batches.size(); m++) {
        MicroBatch microBatch = new MicroBatch(version, m);
        TokenBatch batch = batches.get(m);
        TensorData output = get(hidden.get(m));
        var head = get(on(0, () -> model.owner.head(microBatch, output, batch, true)));
        lossSum += head.lossSum();
        TensorData headGradient = requireNonNull(head.gradient());
        Future<TensorData> upstream = on(threads.size() - 1, () -> headGradient);
        for (int stage = threads.size() - 1; stage >= 1; stage--) {
          TorchStage partition = model.stages.get(stage - 1);
          Future<TensorData> gradient = upstream;
          upstream = on(stage, () -> partition.backward(microBatch, get(gradient)));
        }
        TensorData last = get(upstream);
        finished.add(threads.get(0).submit(() -> model.owner.backward(microBatch, last)));
      }
      for (Future<?> backward : finished) {
        backward.get();
      }
      return lossSum;
    }

    SquaredNorms squaredNorms() {
      List<Partition> partitions = model.partitions();
      SquaredNorms sum = get(on(0, () -> partitions.get(0).squaredNorms()));
      for (int partition = 1; partition < partitions.size(); partition++) {
        Partition stage = partitions.get(partition);
        sum = sum.plus(get(on(partition, stage::squaredNorms)));
      }
      return sum;
    }

    void commit(double factor, double learningRate) throws Exception {
      List<Partition> partitions = model.partitions();
      for (int partition = 0; partition < partitions.size(); partition++) {
        Partition piece = partitions.get(partition);
        threads.get(partition).submit(() -> piece.commit(factor, learningRate)).get();
      }
    }

    private static <T> T get(Future<T> future) {
      try {
        return future.get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      threads.forEach(ExecutorService::shutdown);
      model.close();
    }
  }
}
