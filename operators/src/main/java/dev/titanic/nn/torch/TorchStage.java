package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.edge.TensorData;

/** A part in the middle of a model: blocks, or operations of a traced one. */
final class TorchStage extends TorchPartition implements StagePartition {
  private final StagePass pass;

  TorchStage(Loaded loaded, StagePass pass) {
    super(loaded);
    this.pass = pass;
  }

  @Override
  public TensorData forward(MicroBatch microBatch, TensorData activation, boolean training) {
    return forward(
        microBatch,
        training,
        (scope, seeds) -> {
          PtNDArray input = Transfer.in(scope, activation);
          input.setRequiresGradient(training);
          return pass.run(scope, input, seeds, training);
        });
  }

  /** Vector-Jacobian product of a micro-batch's graph, which it frees; the input's gradient. */
  @Override
  public TensorData backward(MicroBatch microBatch, TensorData gradient) {
    begin(true);
    try (Graph graph = graphs().take(microBatch)) {
      graph.backward(gradient);
      return Transfer.out(JniUtils.getGradient(graph.input()));
    }
  }
}
