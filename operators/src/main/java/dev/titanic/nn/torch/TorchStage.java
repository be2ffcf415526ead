package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.edge.TensorData;

/** Blocks in the middle of the model. */
final class TorchStage extends TorchPartition implements StagePartition {

  TorchStage(Loaded loaded) {
    super(loaded);
  }

  @Override
  public TensorData forward(int microBatch, TensorData activation, boolean training) {
    begin(training);
    PtNDManager scope = newScope();
    try {
      PtNDArray input = Transfer.in(scope, activation);
      input.setRequiresGradient(training);
      PtNDArray output = runBlocks(input, tables(activation.spec().shape().get(1)));
      TensorData result = Transfer.out(output);
      if (training) {
        graphs().put(microBatch, new Graph(scope, input, output));
        scope = null;
      }
      return result;
    } finally {
      if (scope != null) {
        scope.close();
      }
    }
  }

  @Override
  public TensorData backward(int microBatch, TensorData gradient) {
    begin(true);
    try (Graph graph = graphs().take(microBatch)) {
      graph.backward(gradient);
      return Transfer.out(JniUtils.getGradient(graph.input()));
    }
  }
}
