package dev.titanic.job.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of {@code ./titanic COMMAND}. */
@Command(
    name = "titanic",
    description =
        "Fine-tunes a language model that no client can hold, on data that stays private.",
    synopsisSubcommandLabel = "COMMAND")
public final class Titanic implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** With all commands, doing what they say. */
  static CommandLine commandLine() {
    return commandLine(
        List.of(
            new RunCommand(System.out, EmbeddedTraining::run),
            new CompareCommand(System.err, EmbeddedTraining::run),
            new FeedCommand(),
            new EvaluateCommand(ModelEvaluation::loss),
            new MergeCommand(),
            new PlanCommand(),
            new ReportCommand(),
            demo(),
            new ClusterCommand()));
  }

  private static CommandLine demo() {
    return new CommandLine(
            new DemoCommand(System.out, EmbeddedTraining::run, ModelEvaluation::loss))
        .addSubcommand(new PretrainCommand(System.out, EmbeddedTraining::run));
  }

  static CommandLine commandLine(List<?> commands) {
    CommandLine commandLine = new CommandLine(new Titanic());
    commands.forEach(commandLine::addSubcommand);
    OneLineErrors errors = new OneLineErrors();
    return commandLine
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command; valid: " + String.join(", ", spec.subcommands().keySet()));
  }
}
