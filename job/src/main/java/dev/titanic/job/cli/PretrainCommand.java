package dev.titanic.job.cli;

import dev.titanic.job.demo.DemoFiles;
import dev.titanic.job.demo.Pretraining;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code titanic demo pretrain}: the demo's base model, made again. */
@Command(
    name = "pretrain",
    description =
        "Makes the demo's base model again, from random weights; takes about half an hour.")
final class PretrainCommand implements Callable<Integer> {
  private final PrintStream out;
  private final Training training;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/pretrain",
      description = "${DEFAULT-VALUE} by default.")
  private @SuppressWarnings("NullAway.Init") Path output;

  PretrainCommand(PrintStream out, Training training) {
    this.out = out;
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    Pretraining pretraining =
        Pretraining.prepare(DemoFiles.ofLauncher(), output.toAbsolutePath().normalize());
    String owner = pretraining.config().owners().get(0).id();
    training.run(
        pretraining.config(),
        List.of(new Feed(owner, pretraining.documents())),
        null,
        new PrintedRun(out));
    return ExitCode.SUCCESS;
  }
}
