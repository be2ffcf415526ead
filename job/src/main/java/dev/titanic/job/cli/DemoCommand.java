package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.demo.CompletedRun;
import dev.titanic.job.demo.Demo;
import dev.titanic.job.demo.DemoFiles;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code titanic demo}: training in one place and over teams, side by side. */
@Command(
    name = "demo",
    description =
        "Shows on this machine that a model cut over three teams trains to the same bits, and compares"
            + " ways to train on the code of four.")
final class DemoCommand implements Callable<Integer> {
  private static final int STEPS = 120;
  private static final int QUICK_STEPS = 16;

  private final PrintStream out;
  private final Training training;
  private final EvaluateCommand.Evaluation evaluation;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/demo",
      description = "For texts, progress and models; ${DEFAULT-VALUE} by default.")
  private @SuppressWarnings("NullAway.Init") Path output;

  @Option(
      names = "--quick",
      description = "Only " + QUICK_STEPS + " steps instead of " + STEPS + ".")
  private boolean quick;

  /**
   * @param training what trains
   * @param evaluation what evaluates a model directory
   */
  DemoCommand(PrintStream out, Training training, EvaluateCommand.Evaluation evaluation) {
    this.out = out;
    this.training = training;
    this.evaluation = evaluation;
  }

  @Override
  public Integer call() throws Exception {
    Demo demo =
        Demo.prepare(
            DemoFiles.ofLauncher(),
            output.toAbsolutePath().normalize(),
            quick ? QUICK_STEPS : STEPS);
    DemoGuide guide = new DemoGuide(out, demo);
    guide.introduce();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String kafka = broker.bootstrapServers();
      guide.beforeCentralized();
      train(demo.centralized().withKafka(kafka), List.of(feed(demo)));
      guide.beforeTitanic();
      train(demo.titanic().withKafka(kafka), List.of());
    }
    CompletedRun centralized = completed(demo.centralized());
    CompletedRun titanic = completed(demo.titanic());
    if (!titanic.isSameAs(centralized)) {
      throw new IllegalStateException(
          "%s and %s are not the same to the last bit; compare their progress.jsonl"
              .formatted(centralized.output().path(), titanic.output().path()));
    }
    guide.results(centralized, titanic);
    guide.otherTeams(new DemoEvaluations(demo, evaluation).of(demo.baseModel(), titanic.model()));
    guide.beforeComparison();
    guide.comparison(new ComparedRuns(out, training).of(demo.comparison(), feeds(demo)));
    guide.whatToDoNext();
    return ExitCode.SUCCESS;
  }

  private static CompletedRun completed(JobConfig config) throws IOException {
    return CompletedRun.read(new OutputDirectory(Path.of(config.output())));
  }

  private void train(JobConfig config, List<Feed> feeds) throws Exception {
    training.run(config, feeds, null, new PrintedRun(out));
  }

  private static List<Feed> feeds(Demo demo) {
    return demo.teams().stream()
        .map(team -> new Feed(team.client(), demo.comparedDocuments(team)))
        .toList();
  }

  private static Feed feed(Demo demo) {
    return new Feed(demo.owner().client(), demo.documents(demo.owner()));
  }
}
