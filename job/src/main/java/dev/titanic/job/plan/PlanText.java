package dev.titanic.job.plan;

import static dev.titanic.job.plan.Quantities.count;
import static dev.titanic.job.plan.Quantities.format;

import dev.titanic.job.config.Bytes;

/** A plan for a terminal. */
public final class PlanText {
  private final Plan plan;

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  public static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    return String.join(
        System.lineSeparator(),
        text.model(),
        text.memory(),
        PlacementText.of(plan) + text.unselected(),
        text.edges(),
        text.comparison());
  }

  private String model() {
    return format(
        "%s%n%s parameters, %s trained, %s (%.2f GB) of float32 weights%n"
            + "A step: %s of %d x %d tokens; the hidden state of one has %s%n",
        plan.model(),
        count(plan.parameters()),
        plan.trainableParameters() == plan.parameters() ? "all" : count(plan.trainableParameters()),
        Bytes.text(plan.weightBytes()),
        plan.weightBytes() / 1e9,
        microBatches(),
        plan.microBatchSize(),
        plan.sequenceLength(),
        Bytes.text(plan.boundaryBytes()));
  }

  private String microBatches() {
    String ofOne = plan.microBatches() + " micro-batches";
    return plan.ownersAtOnce() == 1
        ? ofOne
        : "%s from each of %d owners at once,".formatted(ofOne, plan.ownersAtOnce());
  }

  private String memory() {
    Columns columns = new Columns(2);
    columns.row("partition", "holds", "weights", "training", "activations", "fragments", "memory");
    for (PlannedPartition partition : plan.partitions()) {
      PlannedMemory memory = partition.memory();
      columns.row(
          partition.name(),
          partition.holds(),
          Bytes.text(memory.weights()),
          Bytes.text(memory.training()),
          Bytes.text(memory.activations()),
          Bytes.text(memory.fragments()),
          Bytes.text(memory.total()));
    }
    return columns
        + format(
            "Beside its partition, the engine takes about %s in every TaskManager. A checkpoint copies%nwhat is trained onto the heap of its TaskManager: up to %s.%n",
            Bytes.text(plan.engineBytes()), Bytes.text(largestState()));
  }

  private long largestState() {
    return plan.partitions().stream().mapToLong(PlannedPartition::stateBytes).max().orElse(0);
  }

  private String unselected() {
    return plan.notSelected().isEmpty()
        ? ""
        : format("Not selected: %s%n", String.join(", ", plan.notSelected()));
  }

  private String edges() {
    Columns columns = new Columns(1);
    columns.row("edge, in a step", "forward", "back");
    for (PlannedEdge edge : plan.edges()) {
      columns.row(
          edge.from() + " - " + edge.to(),
          Bytes.text(edge.forwardBytes()),
          Bytes.text(edge.backwardBytes()));
    }
    return plan.edges().isEmpty() ? "" : columns.toString();
  }

  private String comparison() {
    long largest =
        plan.partitions().stream()
            .mapToLong(partition -> partition.memory().total())
            .max()
            .orElse(0);
    String comparison =
        new Columns(1)
            .row("", "Titanic", "FedAvg")
            .row(
                "largest memory of a partition, or of a client",
                Bytes.text(largest),
                Bytes.text(plan.fedavg().memoryPerClient().total()))
            .row(
                "bytes of a step, or of a round of parameters",
                Bytes.text(plan.bytesPerStep()),
                Bytes.text(plan.fedavg().bytesPerRound()))
            .toString();
    return plan.fedavg().breakEvenSteps() == 0
        ? comparison
        : comparison
            + format(
                "Titanic sends less as long as a round has fewer than %s steps.%n",
                count(plan.fedavg().breakEvenSteps()));
  }
}
