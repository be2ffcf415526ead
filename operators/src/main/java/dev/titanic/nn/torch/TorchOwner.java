package dev.titanic.nn.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.Noise;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;

/** Embedding and first blocks, final norm and head. */
final class TorchOwner extends TorchPartition implements OwnerPartition {
  private static final NDList NO_TABLES = new NDList();

  private final int vocabulary;
  private final Tables tables;
  private final LoadedPart embedding;
  private final Blocks blocks;
  private final LoadedPart head;
  private final LossHead loss;

  TorchOwner(
      Loaded loaded,
      int vocabulary,
      Tables tables,
      LoadedPart embedding,
      Blocks blocks,
      LoadedPart head) {
    super(loaded);
    this.vocabulary = vocabulary;
    this.tables = tables;
    this.embedding = embedding;
    this.blocks = blocks;
    this.head = head;
    this.loss = new LossHead(loaded.scope(), loaded.program());
  }

  @Override
  public TensorData forward(MicroBatch microBatch, TokenBatch batch, boolean training) {
    Vocabulary.requireHolds(vocabulary, batch);
    return forward(
        microBatch,
        training,
        (scope, seeds) -> {
          NDList needed = tables.upTo(batch.length());
          PtNDArray tokens = Transfer.in(scope, batch.inputs(), batch.sequences(), batch.length());
          PtNDArray embedded =
              program()
                  .call(
                      "run_embedding",
                      tokens,
                      embedding.arguments(seeds.of(embedding.layer()), needed));
          return blocks.forward(scope, embedded, embedding.learns(), needed, seeds, training);
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>The hidden state is a leaf here even when it comes from this very partition, so that the
   * order of sums is the same for every cut.
   */
  @Override
  public HeadResult head(
      MicroBatch microBatch, TensorData hidden, TokenBatch batch, boolean training) {
    begin(training);
    try (PtNDManager scope = newScope()) {
      PtNDArray seed = seeds(scope, microBatch, training).of(head.layer());
      return loss.run(scope, hidden, batch, head.arguments(seed, NO_TABLES), training);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where nothing in front of the head is trained, there is no graph, and nothing to do.
   */
  @Override
  public void backward(MicroBatch microBatch, TensorData gradient) {
    begin(true);
    try (Graph graph = graphs().take(microBatch)) {
      if (parameters().anyInFrontOf(head.layer())) {
        graph.backward(gradient);
      }
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
      PtNDArray seed = Transfer.in(scope, new long[] {Noise.NONE});
      return Transfer.out(
          program().call("run_head", Transfer.in(scope, hidden), head.arguments(seed, NO_TABLES)));
    }
  }
}
