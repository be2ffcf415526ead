package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.TensorData;

/** The first part of a traced language model, and its last part with the loss. */
final class TracedOwner extends TorchPartition implements OwnerPartition {
  static final String FIRST = "first";
  static final String LAST = "last";

  /** The last part's output is (batch, tokens, vocabulary). */
  static final String LOSS =
      """
      def loss(self, x: Tensor, targets: Tensor, weights: List[Tensor]) -> Tensor:
        return self.cross_entropy(self.last(x, weights), targets)
      """;

  private final SequenceLimits limits;
  private final TracedPart first;
  private final TracedPart last;
  private final LossHead loss;

  TracedOwner(Loaded loaded, SequenceLimits limits, TracedPart first, TracedPart last) {
    super(loaded);
    this.limits = limits;
    this.first = first;
    this.last = last;
    this.loss = new LossHead(loaded.scope(), loaded.program());
  }

  @Override
  public TensorData forward(MicroBatch microBatch, TokenBatch batch, boolean training) {
    Vocabulary.requireHolds(limits.vocabulary(), batch);
    limits.requireTakes(batch.length());
    return forward(
        microBatch,
        training,
        (scope, seeds) -> {
          PtNDArray tokens = Transfer.in(scope, batch.inputs(), batch.sequences(), batch.length());
          return new WholeGraph(scope, tokens, first.run(tokens));
        });
  }

  @Override
  public HeadResult head(
      MicroBatch microBatch, TensorData hidden, TokenBatch batch, boolean training) {
    begin(training);
    try (PtNDManager scope = newScope()) {
      return loss.run(scope, hidden, batch, last.arguments(), training);
    }
  }

  @Override
  public void backward(MicroBatch microBatch, TensorData gradient) {
    begin(true);
    try (Graph graph = graphs().take(microBatch)) {
      graph.backward(gradient);
    }
  }

  /**
   * What the model predicts.
   *
   * @return (batch, tokens, vocabulary)
   */
  TensorData logits(TensorData hidden) {
    begin(false);
    try (PtNDManager scope = newScope()) {
      return Transfer.out(last.run(Transfer.in(scope, hidden)));
    }
  }
}
