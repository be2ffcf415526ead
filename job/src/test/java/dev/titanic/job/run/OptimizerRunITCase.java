package dev.titanic.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.OptimizerConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Safetensors;
import dev.titanic.nn.StoredTensor;
import dev.titanic.protocol.LearningRate;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accumulation, global clipping over all partitions, decay without vectors, warm-up and cosine, as
 * a loop with PyTorch's AdamW, {@code clip_grad_norm_} and transformers' schedule gives them.
 */
final class OptimizerRunITCase {
  private static final Path GOLDEN =
      Path.of("../operators/src/test/resources/hf/optimizer").toAbsolutePath().normalize();
  private static final double TOLERANCE = 1e-5;

  @Test
  void trainsAsALoopInPyTorchDoes(@TempDir Path directory) throws Exception {
    JsonNode golden = new JsonMapper().readTree(GOLDEN.resolve("golden.json").toFile());
    JsonNode settings = golden.get("settings");
    GoldenRun model = GoldenRun.of("llama");
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TrainingRuns.fill(broker, "titanic.data.alice", model.records(2));
      JobConfig config =
          TrainingRuns.config(
              model.model(),
              2,
              settings.get("steps").asInt(),
              settings.get("accumulate").asInt(),
              optimizer(settings),
              broker.bootstrapServers(),
              "titanic.data.alice",
              directory);
      TrainingRuns.train(broker, config);
    }

    List<ProgressRecord.Step> steps = TrainingRuns.progress(directory, ProgressRecord.Step.class);
    assertThat(steps).hasSize(settings.get("steps").asInt());
    for (int i = 0; i < steps.size(); i++) {
      ProgressRecord.Step step = steps.get(i);
      assertClose(step.loss(), golden.get("loss").get(i), TOLERANCE);
      assertClose(step.gradientNorm(), golden.get("norm").get(i), TOLERANCE);
      assertClose(step.learningRate(), golden.get("rate").get(i), 1e-12);
    }
    assertSameWeights(ModelDirectory.open(directory.resolve("model")));
  }

  private static OptimizerConfig optimizer(JsonNode settings) {
    return new OptimizerConfig(
        settings.get("rate").asDouble(),
        LearningRate.Shape.COSINE,
        settings.get("warmup").asInt(),
        settings.get("decay").asDouble(),
        false,
        settings.get("clip").asDouble());
  }

  private static void assertClose(double actual, JsonNode expected, double tolerance) {
    assertThat(actual).isCloseTo(expected.asDouble(), within(tolerance));
  }

  private static void assertSameWeights(ModelDirectory trained) {
    Map<String, StoredTensor> expected = Safetensors.read(GOLDEN.resolve("after.safetensors"));
    expected.forEach(
        (name, tensor) -> {
          FloatBuffer golden = values(tensor);
          FloatBuffer actual = values(trained.weight(name, tensor.shape()));
          while (golden.hasRemaining()) {
            assertThat(actual.get()).as(name).isCloseTo(golden.get(), within((float) TOLERANCE));
          }
        });
  }

  private static FloatBuffer values(StoredTensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    return bytes.flip().asFloatBuffer();
  }
}
