package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.compare.ComparisonText;
import dev.titanic.job.demo.CompletedRun;
import dev.titanic.job.demo.Demo;
import dev.titanic.job.demo.Team;
import dev.titanic.job.report.ComparisonTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the demo says to someone who has never seen it. */
final class DemoGuide {
  private static final String TEAM = "  %-7s%-16s%s%n";

  private final PrintStream out;
  private final Demo demo;

  DemoGuide(PrintStream out, Demo demo) {
    this.out = out;
    this.demo = demo;
  }

  /** Who is there, and what they want. */
  void introduce() {
    Team owner = demo.owner();
    Team first = demo.hosts().get(0);
    Team second = demo.hosts().get(1);
    out.println("Four software teams share one code model.");
    out.println("None of them shows its code, none has to hold the whole model.");
    out.println();
    out.printf(TEAM, "team", "private code", "in this demo");
    out.printf(
        TEAM,
        owner.client(),
        owner.library().name(),
        "trains; keeps its code, the first block and the head");
    out.printf(TEAM, first.client(), first.library().name(), "hosts the next two blocks");
    out.printf(TEAM, second.client(), second.library().name(), "hosts the last two blocks");
    out.printf(TEAM, demo.spare().client(), demo.spare().library().name(), "is not needed yet");
    out.println();
    out.println(
        "All begin with a small Llama over bytes, which this job pre-trained on other libraries: "
            + shown(demo.baseModel()));
  }

  void beforeCentralized() {
    out.println();
    out.printf("1. Centralized (K=0): the whole model at %s%n", demo.owner().client());
  }

  void beforeTitanic() {
    out.println();
    out.printf(
        "2. Titanic (K=2): the same steps with the model cut over %s, %s and %s%n",
        demo.owner().client(), demo.hosts().get(0).client(), demo.hosts().get(1).client());
  }

  void results(CompletedRun centralized, CompletedRun titanic) {
    out.println();
    out.printf("Perplexity on files of %s that nobody trained on%n", demo.owner().library().name());
    out.print(
        ResultsTable.of(
            List.of(
                new ResultsTable.Row("base", centralized.lossOfBase(), null),
                new ResultsTable.Row(
                    "centralized (K=0)", centralized.loss(), centralized.seconds()),
                new ResultsTable.Row("Titanic (K=2)", titanic.loss(), titanic.seconds()))));
    out.printf(
        "The last two are the same to the last bit: %d losses, and all weights.%n",
        titanic.losses().size());
  }

  void otherTeams(List<DemoEvaluations.Row> rows) {
    out.println();
    out.printf(
        "What %s's training does for the others, who have not trained yet%n",
        demo.owner().client());
    out.printf("  %-7s%-16s%10s%10s%n", "team", "held-out files", "base", "trained");
    for (DemoEvaluations.Row row : rows) {
      out.printf(
          Locale.ROOT,
          "  %-7s%-16s%10.3f%10.3f%n",
          row.team().client(),
          row.team().library().name(),
          row.before(),
          row.after());
    }
  }

  void beforeComparison() {
    out.println();
    out.printf(
        "3. All four train adapters (LoRA), once over their code, in every way; in %d rounds where they meet%n",
        Demo.ROUNDS);
  }

  void comparison(ComparisonTable table) {
    out.println();
    out.println("Perplexity on files of all four that nobody trained on");
    out.print(ComparisonText.of(table));
  }

  /** Where to look, and how to go on. */
  void whatToDoNext() {
    OutputDirectory titanic = new OutputDirectory(Path.of(demo.titanic().output()));
    out.println();
    out.println("Look at");
    line(shown(titanic.model()), "the trained model; transformers loads it");
    line(shown(titanic.report()), "curves, times and placement, for a browser");
    line(
        shown(new OutputDirectory(Path.of(demo.comparison().output())).report()),
        "the ways to train, side by side");
    line(shown(titanic.progress()), "every step and evaluation");
    line(shown(titanic.configuration()), "the run's configuration, every default filled in");
    out.println("Next");
    line("./titanic run CONFIG.yaml --feed CLIENT=FILE", "your own model and texts");
    line("./titanic compare CONFIG.yaml --feed …", "this table for your own");
    line("./titanic cluster up", "a real Flink cluster and Kafka, one process for each client");
  }

  private void line(String what, String why) {
    out.printf("  %-46s%s%n", what, why);
  }

  /** From where the user is, if that is shorter. */
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
