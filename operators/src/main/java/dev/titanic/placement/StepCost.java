package dev.titanic.placement;

/** What searches minimise: the time of a step, with a bound that saves running most pipelines. */
final class StepCost implements SearchCost {
  private static final int EVENTS_PER_TASK = 4;

  private final PipelineTime pipeline;
  private final StepBound bound;
  private final long units;

  StepCost(PlacementProblem problem) {
    this.pipeline = new PipelineTime(problem);
    this.bound = new StepBound(problem);
    this.units =
        (long) EVENTS_PER_TASK
            * problem.demands().size()
            * problem.owners().size()
            * problem.microBatches();
  }

  @Override
  public double bound(int[] hosts, int known) {
    return bound.seconds(hosts, known);
  }

  @Override
  public double of(int[] hosts) {
    return pipeline.seconds(hosts);
  }

  @Override
  public long units() {
    return units;
  }
}
