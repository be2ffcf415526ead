package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.edge.TensorData;

/** A part of a traced model that takes and gives one float32 tensor. */
final class TracedStage extends TorchPartition implements StagePartition {
  static final String METHOD = "stage";

  private final TracedPart part;

  TracedStage(Loaded loaded, TracedPart part) {
    super(loaded);
    this.part = part;
  }

  @Override
  public TensorData forward(MicroBatch microBatch, TensorData activation, boolean training) {
    return forward(
        microBatch,
        training,
        (scope, seeds) -> {
          PtNDArray input = Transfer.in(scope, activation);
          input.setRequiresGradient(training);
          return new WholeGraph(scope, input, part.run(input));
        });
  }

  @Override
  public TensorData backward(MicroBatch microBatch, TensorData gradient) {
    return pullBack(microBatch, gradient);
  }
}
