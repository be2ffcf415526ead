package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.ArrayList;
import java.util.List;

/** Embedding and first blocks, final norm and head. */
final class TorchOwner extends TorchPartition implements OwnerPartition {
  private final int vocabulary;
  private final List<Leaf> embedding;
  private final List<Leaf> head;
  private final PtNDArray one;

  TorchOwner(Loaded loaded, int vocabulary, List<Leaf> embedding, List<Leaf> head) {
    super(loaded);
    this.vocabulary = vocabulary;
    this.embedding = embedding;
    this.head = head;
    this.one = (PtNDArray) loaded.scope().ones(new Shape(), DataType.FLOAT64);
  }

  @Override
  public TensorData forward(int microBatch, TokenBatch batch, boolean training) {
    requireInVocabulary(batch);
    return forward(
        microBatch,
        training,
        scope -> {
          NDList tables = tables(batch.length());
          List<NDArray> others = new ArrayList<>(tables);
          embedding.forEach(leaf -> others.add(leaf.array()));
          PtNDArray tokens = Transfer.in(scope, batch.inputs(), batch.sequences(), batch.length());
          PtNDArray embedded = program().call("embed", tokens, others);
          return new Graph(scope, embedded, runBlocks(embedded, tables));
        });
  }

  /** The engine's own error would name the token. */
  private void requireInVocabulary(TokenBatch batch) {
    for (long token : batch.inputs()) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException(
            "a token id is out of range: use 0 to " + (vocabulary - 1));
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The hidden state is a leaf here even when it comes from this very partition, so that the
   * order of sums is the same for every cut.
   */
  @Override
  public HeadResult head(int microBatch, TensorData hidden, TokenBatch batch, boolean training) {
    begin(training);
    try (PtNDManager scope = newScope()) {
      PtNDArray input = Transfer.in(scope, hidden);
      input.setRequiresGradient(training);
      List<NDArray> others = new ArrayList<>();
      others.add(Transfer.in(scope, batch.targets(), batch.sequences(), batch.length()));
      head.forEach(leaf -> others.add(leaf.array()));
      PtNDArray loss = program().call("loss", input, others);
      double lossSum = Transfer.view(loss).getDouble();
      if (!training) {
        return new HeadResult(lossSum, null);
      }
      JniUtils.backward(loss, one, false, false);
      return new HeadResult(lossSum, Transfer.out(JniUtils.getGradient(input)));
    }
  }

  @Override
  public void backward(int microBatch, TensorData gradient) {
    begin(true);
    try (Graph graph = graphs().take(microBatch)) {
      graph.backward(gradient);
    }
  }

  /**
   * What the head predicts.
   *
   * @return (batch, tokens, vocabulary)
   */
  TensorData logits(TensorData hidden) {
    begin(false);
    try (PtNDManager scope = newScope()) {
      List<NDArray> weights = new ArrayList<>();
      head.forEach(leaf -> weights.add(leaf.array()));
      return Transfer.out(program().call("logits", Transfer.in(scope, hidden), weights));
    }
  }
}
