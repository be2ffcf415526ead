package dev.titanic.job.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.plan.Plan;
import dev.titanic.job.plan.PlanText;
import dev.titanic.nn.ModelException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic plan}: what a run would need, from configuration and {@code config.json}. */
@Command(
    name = "plan",
    description =
        "Prints partitions, memory, computation and traffic of a run; starts nothing, and needs no"
            + " weights.")
final class PlanCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "CONFIG.yaml", description = "See docs/configuration.md.")
  private @SuppressWarnings("NullAway.Init") Path config;

  @Option(names = "--json", description = "Prints one JSON object, all sizes in bytes.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? JSON.writeValueAsString(plan) + System.lineSeparator() : PlanText.of(plan));
    out.flush();
    if (!plan.problems().isEmpty()) {
      throw new InvalidConfig(plan.problems());
    }
    return ExitCode.SUCCESS;
  }

  private Plan plan() throws InvalidConfig {
    try {
      return Plan.of(ConfigFile.read(config));
    } catch (ModelException e) {
      throw new InvalidConfig(List.of(String.valueOf(e.getMessage())));
    }
  }
}
