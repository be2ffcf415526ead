package dev.titanic.job.cli;

import dev.titanic.job.demo.Demo;
import dev.titanic.job.demo.Team;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one team's training does for the code of the others. */
final class DemoEvaluations {
  private static final int BATCH = 8;

  private final Demo demo;
  private final EvaluateCommand.Evaluation evaluation;

  DemoEvaluations(Demo demo, EvaluateCommand.Evaluation evaluation) {
    this.demo = demo;
    this.evaluation = evaluation;
  }

  /**
   * A team's held-out files under two models.
   *
   * @param before perplexity of the base model
   * @param after perplexity of the trained model
   */
  record Row(Team team, double before, double after) {}

  /** Evaluates both models on every team that did not train. */
  List<Row> of(Path base, Path trained) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Team team : demo.teams()) {
      if (!team.equals(demo.owner())) {
        rows.add(new Row(team, perplexity(base, team), perplexity(trained, team)));
      }
    }
    return rows;
  }

  private double perplexity(Path model, Team team) throws Exception {
    return Math.exp(
        evaluation.loss(
            new EvaluateCommand.Request(
                model,
                null,
                demo.heldOut(team),
                Demo.SEQUENCE_LENGTH,
                Demo.EVALUATED_SEQUENCES,
                BATCH)));
  }
}
