package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.edge.TensorData;

/** Blocks in the middle of the model. */
final class TorchStage extends TorchPartition implements StagePartition {

  private final Tables tables;
  private final Blocks blocks;

  TorchStage(Loaded loaded, Tables tables, Blocks blocks) {
    super(loaded);
    this.tables = tables;
    this.blocks = blocks;
  }

  @Override
  public TensorData forward(MicroBatch microBatch, TensorData activation, boolean training) {
    return forward(
        microBatch,
        training,
        (scope, seeds) -> {
          PtNDArray input = Transfer.in(scope, activation);
          input.setRequiresGradient(training);
          long tokens = activation.spec().shape().get(1);
          return blocks.forward(scope, input, true, tables.upTo(tokens), seeds, training);
        });
  }

  @Override
  public TensorData backward(MicroBatch microBatch, TensorData gradient) {
    return pullBack(microBatch, gradient);
  }
}
