package dev.titanic.job.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code titanic run}: one training run on an embedded cluster. */
@Command(
    name = "run",
    description = "Trains as the configuration says, on a Flink cluster inside this process.")
final class RunCommand implements Callable<Integer> {
  private final PrintStream out;
  private final Training training;

  @Mixin private final RunArguments arguments = new RunArguments();

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "Savepoint or checkpoint to go on from.")
  private @Nullable String savepoint;

  RunCommand(PrintStream out, Training training) {
    this.out = out;
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    training.run(arguments.resolve(), arguments.feeds(), savepoint, new PrintedRun(out));
    return ExitCode.SUCCESS;
  }
}
