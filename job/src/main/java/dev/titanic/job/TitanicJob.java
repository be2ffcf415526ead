package dev.titanic.job;

import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job jar: {@code flink run titanic.jar --config CONFIG.yaml}, or the same over
 * REST. It submits and does not wait.
 */
public final class TitanicJob {
  private TitanicJob() {}

  public static void main(String[] arguments) throws Exception {
    Path file = configFile(arguments);
    try {
      JobConfig config = ConfigFile.read(file);
      TitanicRun run = Preflight.check(config);
      Topics.prepare(config, run.kafka());
      StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
      TitanicTopology.build(environment, run);
      environment.executeAsync(name(run));
    } catch (InvalidConfig e) {
      throw new IllegalArgumentException(String.join("; ", e.problems()), e);
    }
  }

  /** Name of a run in the dashboard. */
  public static String name(TitanicRun run) {
    return "Titanic: %s over %d stages"
        .formatted(Path.of(run.config().model().path()).getFileName(), run.stages());
  }

  private static Path configFile(String[] arguments) {
    if (arguments.length == 2 && arguments[0].equals("--config")) {
      return Path.of(arguments[1]);
    }
    throw new IllegalArgumentException("arguments: --config CONFIG.yaml");
  }
}
