package dev.titanic.job.cli;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.family.MergedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code titanic merge}: a model and its adapters as one model directory. */
@Command(
    name = "merge",
    description = "Writes a model with its adapters merged into its weights, in float32.")
final class MergeCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Hugging Face directory of the base model.")
  private @SuppressWarnings("NullAway.Init") Path model;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      required = true,
      description = "PEFT directory of adapters for the model.")
  private @SuppressWarnings("NullAway.Init") Path adapter;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Hugging Face directory to write.")
  private @SuppressWarnings("NullAway.Init") Path output;

  @Override
  public Integer call() {
    if (Files.exists(output)) {
      throw unusable("--output: %s exists; valid: a new directory".formatted(output));
    }
    try {
      MergedModel.of(ModelDirectory.open(model), AdapterDirectory.open(adapter)).write(output);
    } catch (ModelException e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    spec.commandLine().getOut().println("model      " + output);
    spec.commandLine().getOut().flush();
    return ExitCode.SUCCESS;
  }

  private ParameterException unusable(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
