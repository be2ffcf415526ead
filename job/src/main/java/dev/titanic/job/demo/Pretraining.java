package dev.titanic.job.demo;

import dev.titanic.data.Packing;
import dev.titanic.job.config.CheckpointConfig;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.EvaluationConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.KafkaConfig;
import dev.titanic.job.config.Mode;
import dev.titanic.job.config.ModelConfig;
import dev.titanic.job.config.OptimizerConfig;
import dev.titanic.job.config.PlacementConfig;
import dev.titanic.job.config.TrainingConfig;
import dev.titanic.job.config.TurnsConfig;
import dev.titanic.nn.ComputeType;
import dev.titanic.protocol.LearningRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the demo's base model came about: random weights, trained in one place on the source code of
 * libraries that no team of the demo works on.
 *
 * @param config the run
 * @param documents what it trains on
 */
public record Pretraining(JobConfig config, Path documents) {
  private static final ClientConfig OWNER = ClientConfig.owner("pretraining");
  private static final long SEED = 7;

  private static final List<Library> LIBRARIES =
      List.of(
          new Library("org.apache.commons", "commons-math3", "3.6.1"),
          new Library("org.apache.commons", "commons-compress", "1.27.1"),
          new Library("org.apache.commons", "commons-collections4", "4.4"),
          new Library("org.apache.logging.log4j", "log4j-core", "2.24.3"),
          new Library("io.netty", "netty-common", "4.1.115.Final"),
          new Library("org.springframework", "spring-core", "6.2.0"));

  /** Fetches the libraries, draws the weights, and writes both to the output directory. */
  public static Pretraining prepare(DemoFiles files, Path output)
      throws IOException, InterruptedException {
    Files.createDirectories(output);
    Path documents = output.resolve("training.jsonl");
    Path heldOut = output.resolve("held-out.txt");
    SourceCode code = SourceCode.of(code(files.sourceJars())).shuffled(SEED);
    code.writeTraining(documents);
    code.writeHeldOut(heldOut);
    Path start = output.resolve("random-model");
    RandomModel.write(files.baseModel(), start, SEED);
    return new Pretraining(config(start, heldOut, output), documents);
  }

  private static List<SourceCode> code(SourceJars jars) throws IOException, InterruptedException {
    List<SourceCode> code = new ArrayList<>();
    for (Library library : LIBRARIES) {
      code.add(SourceCode.ofJar(jars.of(library)));
    }
    return code;
  }

  private static JobConfig config(Path model, Path heldOut, Path output) {
    TrainingConfig training =
        new TrainingConfig(
            Mode.CENTRALIZED,
            TurnsConfig.ofSteps(1, 3_000),
            1,
            8,
            256,
            Packing.Kind.CONCAT,
            0,
            new OptimizerConfig(2e-3, LearningRate.Shape.COSINE, 100, 0.01, true, 1),
            false,
            SEED,
            10,
            Duration.ofMinutes(5),
            null);
    return new JobConfig(
        new ModelConfig(model.toString(), ComputeType.FLOAT32),
        0,
        0,
        List.of(OWNER),
        training,
        PlacementConfig.still(List.of()),
        new EvaluationConfig(heldOut.toString(), 500, 256),
        new CheckpointConfig(Duration.ofSeconds(30), Duration.ofMinutes(10)),
        new KafkaConfig(null),
        output.toString());
  }
}
