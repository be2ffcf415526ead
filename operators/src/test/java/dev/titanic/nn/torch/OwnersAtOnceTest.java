package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.Golden;
import dev.titanic.nn.Lora;
import dev.titanic.nn.torch.OwnersAtOnce.Run;
import dev.titanic.protocol.Concurrency;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.protocol.Turns;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.PartitionState.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several owners at once come to what a loop in one place comes to. */
final class OwnersAtOnceTest {
  private static final int MICRO_BATCHES = 2;
  private static final double LEARNING_RATE = 1e-3;
  private static final double CLIP_NORM = 1;
  private static final Lora LORA = new Lora(4, 8, 0, List.of(Lora.ALL_LINEAR), false, null);

  private final Golden golden = Golden.of("llama");

  @ParameterizedTest(name = "{0}, {1} owners, K={2}, {3} steps, masked: {4}")
  @CsvSource({
    "llama, 2, 0, 20, false",
    "llama, 3, 1, 50, false",
    "llama, 4, 2, 20, false",
    "llama, 2, 0, 50, true",
    "gpt2, 2, 1, 50, true",
    "llama, 2, 2, 50, true",
    "llama-gqa, 2, 1, 5, true",
    "qwen2, 2, 0, 5, true",
    "mistral, 2, 0, 5, true",
    "opt, 2, 2, 5, true",
    "bloom, 2, 0, 5, true",
    "gpt-neox, 2, 0, 5, true"
  })
  void summedGradientsTrainLikeOneOwnerOfAllData(
      String family, int owners, int stages, int steps, boolean masked) {
    Golden trained = Golden.of(family);
    Map<String, List<TokenBatch>> batches = batches(trained, owners);
    Turns turns = Turns.ofSteps(List.of("owner-0"), steps, 1);
    OwnersAtOnce concurrent =
        new OwnersAtOnce(gradients(trained, batches, stages, turns, masked), 1).run();
    OwnersAtOnce centralized =
        new OwnersAtOnce(inTurn(trained, inOneList(batches, steps), owners, stages, steps), 1)
            .run();

    assertThat(concurrent.losses()).hasSize(steps);
    for (int step = 0; step < steps; step++) {
      assertThat(concurrent.losses().get(step))
          .as("loss of step %d", step)
          .isCloseTo(centralized.losses().get(step), within(1e-5));
      assertThat(concurrent.norms().get(step))
          .as("norm of step %d", step)
          .isCloseTo(centralized.norms().get(step), within(1e-4));
    }
    assertThat(concurrent.losses().get(steps - 1)).isLessThan(concurrent.losses().get(0));
  }

  @Test
  void oneOwnerTrainsTheSameBitsAtOnceAsInTurn() {
    Map<String, List<TokenBatch>> batches = batches(golden, 1);
    OwnersAtOnce concurrent =
        new OwnersAtOnce(
                gradients(golden, batches, 1, Turns.ofSteps(List.of("owner-0"), 5, 1), false), 1)
            .run();
    OwnersAtOnce alone = new OwnersAtOnce(inTurn(golden, batches, 1, 1, 5), 1).run();

    assertThat(concurrent.losses()).isEqualTo(alone.losses());
    assertSameBits(concurrent.weights(), alone.weights());
  }

  @ParameterizedTest(name = "{0}, masked: {1}")
  @CsvSource({"GRADIENTS, false", "WEIGHTS, false", "WEIGHTS, true"})
  void theOrderOfMessagesChangesNoBit(Quantity aggregate, boolean masked) {
    Map<String, List<TokenBatch>> batches = batches(golden, 3);
    Run run =
        new Run(
            golden.model(),
            LORA,
            2,
            batches,
            Turns.ofSteps(List.of("owner-0"), 3, 2),
            new Concurrency(List.copyOf(batches.keySet()), aggregate, false, false),
            MICRO_BATCHES,
            LEARNING_RATE,
            CLIP_NORM,
            masked);

    OwnersAtOnce one = new OwnersAtOnce(run, 1).run();
    OwnersAtOnce other = new OwnersAtOnce(run, 2).run();

    assertThat(other.losses()).hasSize(6).isEqualTo(one.losses());
    assertSameBits(other.weights(), one.weights());
  }

  @ParameterizedTest(name = "masked: {0}")
  @ValueSource(booleans = {false, true})
  void federatedAveragingIsALoopThatAveragesByHand(boolean masked) {
    Map<String, List<TokenBatch>> batches = batches(golden, 3);
    batches.computeIfPresent(
        "owner-1", (owner, own) -> own.stream().map(OwnersAtOnceTest::half).toList());
    Turns rounds = Turns.ofSteps(List.of("owner-0"), 4, 3);
    OwnersAtOnce averaged =
        new OwnersAtOnce(
                new Run(
                    golden.model(),
                    LORA,
                    0,
                    batches,
                    rounds,
                    new Concurrency(List.copyOf(batches.keySet()), Quantity.WEIGHTS, false, true),
                    MICRO_BATCHES,
                    LEARNING_RATE,
                    0,
                    masked),
                1)
            .run();

    FederatedLoop byHand = new FederatedLoop(golden, LORA, batches, rounds, masked);

    List<Double> losses = byHand.train(MICRO_BATCHES, LEARNING_RATE);
    assertThat(averaged.losses()).hasSameSizeAs(losses);
    for (int step = 0; step < losses.size(); step++) {
      assertThat(averaged.losses().get(step))
          .as("loss of step %d", step)
          .isCloseTo(losses.get(step), within(1e-6));
    }
    Map<String, float[]> expected = byHand.weights();
    Map<String, float[]> actual = averaged.weights();
    assertThat(actual).containsOnlyKeys(expected.keySet());
    actual.forEach(
        (name, values) ->
            Numbers.assertClose(name, values, requireNonNull(expected.get(name)), 1e-6));
  }

  private static Run gradients(
      Golden trained,
      Map<String, List<TokenBatch>> batches,
      int stages,
      Turns turns,
      boolean masked) {
    return new Run(
        trained.model(),
        null,
        stages,
        batches,
        turns,
        new Concurrency(List.copyOf(batches.keySet()), Quantity.GRADIENTS, false, false),
        MICRO_BATCHES,
        LEARNING_RATE,
        CLIP_NORM,
        masked);
  }

  private static Run inTurn(
      Golden trained, Map<String, List<TokenBatch>> batches, int owners, int stages, int steps) {
    return new Run(
        trained.model(),
        null,
        stages,
        batches,
        Turns.ofSteps(List.copyOf(batches.keySet()), steps, 1),
        null,
        MICRO_BATCHES * owners,
        LEARNING_RATE,
        CLIP_NORM,
        false);
  }

  /** Every owner has the same batches from another one on. */
  private static Map<String, List<TokenBatch>> batches(Golden trained, int owners) {
    List<TokenBatch> all = trained.batches();
    Map<String, List<TokenBatch>> batches = new LinkedHashMap<>();
    for (int owner = 0; owner < owners; owner++) {
      List<TokenBatch> own = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        own.add(all.get((owner + i) % all.size()));
      }
      batches.put("owner-" + owner, own);
    }
    return batches;
  }

  /** One owner of all batches, in the order of their global indices. */
  private static Map<String, List<TokenBatch>> inOneList(
      Map<String, List<TokenBatch>> batches, int steps) {
    List<TokenBatch> all = new ArrayList<>();
    for (int m = 0; m < steps * MICRO_BATCHES; m++) {
      for (List<TokenBatch> own : batches.values()) {
        all.add(own.get(m % own.size()));
      }
    }
    return Map.of("all", all);
  }

  /** The first half of every sequence, so that an owner has fewer targets than others. */
  private static TokenBatch half(TokenBatch batch) {
    int[][] rows = new int[batch.sequences()][batch.length() / 2];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        rows[row][column] = (int) batch.inputs()[row * batch.length() + column];
      }
    }
    return TokenBatch.of(rows);
  }

  private static void assertSameBits(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual).isNotEmpty().containsOnlyKeys(expected.keySet());
    actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }

  /** Federated averaging of whole models in one place: AdamW begins anew in each round. */
  private static final class FederatedLoop {
    private final TorchPartitionLoader loader;
    private final Map<String, List<TokenBatch>> batches;
    private final Turns rounds;
    private final boolean masked;
    private PartitionState global;

    FederatedLoop(
        Golden golden,
        Lora lora,
        Map<String, List<TokenBatch>> batches,
        Turns rounds,
        boolean masked) {
      this.loader = PartitionedModel.loader(golden.model(), 0, lora);
      this.batches = batches;
      this.rounds = rounds;
      this.masked = masked;
      try (PartitionedModel fresh = new PartitionedModel(loader, 0)) {
        global = fresh.owner.state(0);
      }
    }

    /** Returns the mean loss of every step. */
    List<Double> train(int microBatches, double learningRate) {
      double[] lossSums = new double[rounds.rounds() * (int) rounds.stepsPerTurn()];
      long[] targets = new long[lossSums.length];
      for (int round = 0; round < rounds.rounds(); round++) {
        List<PartitionState> locals = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        int first = round * (int) rounds.stepsPerTurn();
        for (List<TokenBatch> own : batches.values()) {
          try (PartitionedModel local = new PartitionedModel(loader, List.of(global))) {
            long all = 0;
            for (int step = first; step < first + rounds.stepsPerTurn(); step++) {
              List<TokenBatch> taken = new ArrayList<>();
              for (int m = 0; m < microBatches; m++) {
                taken.add(own.get((step * microBatches + m) % own.size()));
              }
              long count = taken.stream().mapToLong(TokenBatch::targetCount).sum();
              lossSums[step] += local.step(taken, learningRate) * count;
              targets[step] += count;
              all += count;
            }
            locals.add(local.owner.state(0));
            weights.add(all);
          }
        }
        global = mean(locals, weights);
      }
      List<Double> losses = new ArrayList<>();
      for (int step = 0; step < lossSums.length; step++) {
        losses.add(lossSums[step] / targets[step]);
      }
      return losses;
    }

    private PartitionState mean(List<PartitionState> locals, List<Long> weights) {
      double all = weights.stream().mapToLong(Long::longValue).sum();
      List<Parameter> parameters = new ArrayList<>();
      for (int p = 0; p < locals.get(0).tensors().size(); p++) {
        TensorData first = locals.get(0).tensors().get(p).value();
        double[] sum = new double[(int) first.spec().elements()];
        for (int j = 0; j < locals.size(); j++) {
          float[] values = Numbers.of(locals.get(j).tensors().get(p).value());
          for (int i = 0; i < sum.length; i++) {
            sum[i] += summand(weights.get(j) / all * values[i]);
          }
        }
        TensorData zeros = tensor(first, new double[sum.length]);
        parameters.add(
            new Parameter(locals.get(0).tensors().get(p).name(), tensor(first, sum), zeros, zeros));
      }
      PartitionState one = locals.get(0);
      return new PartitionState(0, one.copyOf(), 0, 0, one.base(), parameters);
    }

    /** As it is, or rounded as masks need it. */
    private double summand(double value) {
      return masked ? Math.rint(value * 0x1p36) * 0x1p-36 : value;
    }

    private static TensorData tensor(TensorData like, double[] values) {
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      Arrays.stream(values).forEach(value -> bytes.putFloat((float) value));
      return TensorData.of(like.spec(), bytes.array());
    }

    Map<String, float[]> weights() {
      try (PartitionedModel model = new PartitionedModel(loader, List.of(global))) {
        return model.weights();
      }
    }
  }
}
