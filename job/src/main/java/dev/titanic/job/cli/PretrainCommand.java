package dev.titanic.job.cli;

import dev.titanic.job.demo.DemoFiles;
import dev.titanic.job.demo.Pretraining;
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
  private final RunCommand.Run run;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/pretrain",
      description = "${DEFAULT-VALUE} by default.")
  private @SuppressWarnings("NullAway.Init") Path output;

  PretrainCommand(RunCommand.Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Pretraining pretraining =
        Pretraining.prepare(DemoFiles.ofLauncher(), output.toAbsolutePath().normalize());
    String owner = pretraining.config().owners().get(0).id();
    run.run(pretraining.config(), List.of(new Feed(owner, pretraining.documents())), null);
    return ExitCode.SUCCESS;
  }
}
