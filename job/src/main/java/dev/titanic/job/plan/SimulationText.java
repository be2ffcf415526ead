package dev.titanic.job.plan;

import static dev.titanic.job.plan.Quantities.format;

import dev.titanic.placement.Spread;
import dev.titanic.placement.simulation.SimulatedSelection;
import dev.titanic.placement.simulation.Strategy;
import dev.titanic.placement.simulation.StrategyTimes;
import java.util.Locale;
import java.util.stream.Stream;

/** A simulation for a terminal. */
public final class SimulationText {
  private static final double GIGABYTE = 1e9;
  private static final double MEGABYTE = 1e6;

  private final Simulation simulation;

  private SimulationText(Simulation simulation) {
    this.simulation = simulation;
  }

  public static String of(Simulation simulation) {
    SimulationText text = new SimulationText(simulation);
    return String.join(System.lineSeparator(), text.partitions(), text.distances(), text.steps());
  }

  private String partitions() {
    Columns columns = new Columns(1);
    columns.row("model", "partitions", "largest needs", "sends and receives in a step");
    for (SimulatedSelection selection : simulation.allTensors()) {
      columns.row(
          selection.model(),
          Integer.toString(selection.partitions()),
          format("%.2f GB", selection.largestPartitionBytes() / GIGABYTE),
          format("%.1f MB", selection.trafficBytes() / MEGABYTE));
    }
    return format(
            """
            Selection of clients as in the paper's figure 5: 100 clients with 4 to 24 GB, 1 to 100 Mbps and
            5 to 80 TFLOPS are drawn %d times (seed %d). Partitions train LoRA adapters (rank 8, queries and
            values) over linear layers in bfloat16; a step has 4 sequences of 100 tokens.

            """,
            simulation.figure5().get(0).instances(), simulation.seed())
        + columns;
  }

  private String distances() {
    Columns columns = new Columns(2);
    columns.row("T + D in s, mean (deviation)", "", "paper", "2 MB each", "all tensors");
    for (int model = 0; model < simulation.figure5().size(); model++) {
      SimulatedSelection assumed = simulation.figure5().get(model);
      SimulatedSelection whole = simulation.allTensors().get(model);
      for (StrategyTimes times : assumed.times()) {
        columns.row(
            assumed.model(),
            name(times.strategy()),
            times.paperSeconds() == null ? "-" : format("%.2f", times.paperSeconds()),
            text(times.distanceSeconds()),
            text(whole.times(times.strategy()).distanceSeconds()));
      }
    }
    return columns
        + """
        T + D is the paper's match distance, summed over the partitions: computing, sending and receiving,
        one after the other; the optimum has the greatest sum of 1 / (T + D). The paper does not say how
        many bytes a partition sends: with 2 MB each, whatever the model, the sums come near to its
        figure. All tensors are hidden states and their gradients, in and out.
        """;
  }

  private String steps() {
    Columns columns = new Columns(1);
    columns.row(
        Stream.concat(
                Stream.of("step of the pipeline in s"),
                simulation.steps().get(0).times().stream().map(times -> name(times.strategy())))
            .toArray(String[]::new));
    for (SimulatedSelection selection : simulation.steps()) {
      columns.row(
          Stream.concat(
                  Stream.of(selection.model()),
                  selection.times().stream().map(times -> text(times.stepSeconds())))
              .toArray(String[]::new));
    }
    return columns
        + format(
            """
            The same clients, the first %d draws, all tensors: a step in which micro-batches overlap and a link
            is as fast as the slower of its two clients. The sum of 1 / (T + D) does not see links; step-time
            minimises this step, from the owner that greedy selects.
            """,
            simulation.steps().get(0).instances());
  }

  private static String name(Strategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(Spread spread) {
    return format("%.2f (%.2f)", spread.mean(), spread.deviation());
  }
}
