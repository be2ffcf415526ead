package dev.titanic.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.plan.Plan;
import dev.titanic.job.plan.PlanText;
import dev.titanic.job.plan.Simulation;
import dev.titanic.job.plan.SimulationText;
import dev.titanic.nn.ModelException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic plan}: what a run would need, from configuration and {@code config.json}. */
@Command(
    name = "plan",
    description =
        "Prints partitions, memory, computation and traffic of a run; starts nothing, and needs no"
            + " weights.")
final class PlanCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(
      paramLabel = "CONFIG.yaml",
      arity = "0..1",
      description = "See docs/configuration.md.")
  private @Nullable Path config;

  @Option(
      names = "--simulate",
      description =
          "Instead of a plan: repeats the simulation of the paper's figure 5, which takes a minute.")
  private boolean simulate;

  @Option(names = "--json", description = "Prints one JSON object, all sizes in bytes.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (simulate == (config != null)) {
      throw new ParameterException(
          spec.commandLine(),
          simulate
              ? "--simulate and CONFIG.yaml; valid: one of the two"
              : "no CONFIG.yaml; valid: one, or --simulate");
    }
    return config == null ? simulation() : plan(config);
  }

  private int simulation() throws JsonProcessingException {
    Simulation simulation = Simulation.run();
    print(json ? JsonText.of(simulation) : SimulationText.of(simulation));
    return ExitCode.SUCCESS;
  }

  private int plan(Path file) throws InvalidConfig, JsonProcessingException {
    Plan plan = read(file);
    print(json ? JsonText.of(plan) : PlanText.of(plan));
    if (!plan.problems().isEmpty()) {
      throw new InvalidConfig(plan.problems());
    }
    return ExitCode.SUCCESS;
  }

  private static Plan read(Path file) throws InvalidConfig {
    try {
      return Plan.of(ConfigFile.read(file));
    } catch (ModelException e) {
      throw new InvalidConfig(List.of(String.valueOf(e.getMessage())));
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
