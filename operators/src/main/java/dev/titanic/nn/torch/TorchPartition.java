package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.Partition;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the owner's and a stage's partition have in common: parameters, graphs. */
abstract class TorchPartition implements Partition {
  private final Loaded loaded;
  private final Graphs graphs = new Graphs();

  TorchPartition(Loaded loaded) {
    this.loaded = loaded;
  }

  /** Opens the scope of one micro-batch, or of one call. */
  final PtNDManager newScope() {
    return (PtNDManager) loaded.scope().newSubManager();
  }

  final Program program() {
    return loaded.program();
  }

  final Graphs graphs() {
    return graphs;
  }

  final Parameters parameters() {
    return loaded.parameters();
  }

  /** Prepares the thread and, for training, the gradients. */
  final void begin(boolean training) {
    Torch.onThisThread(training);
    if (training) {
      loaded.parameters().prepareForBackward();
    }
  }

  /** Runs a forward pass in a scope of its own, which is kept with the graph for training. */
  final TensorData forward(
      MicroBatch microBatch, boolean training, BiFunction<PtNDManager, Seeds, Graph> pass) {
    begin(training);
    PtNDManager scope = newScope();
    boolean kept = false;
    try {
      Graph graph = pass.apply(scope, seeds(scope, microBatch, training));
      TensorData output = Transfer.out(graph.output());
      if (training) {
        graphs.put(microBatch, graph);
        kept = true;
      }
      return output;
    } finally {
      if (!kept) {
        scope.close();
      }
    }
  }

  final Seeds seeds(PtNDManager scope, MicroBatch microBatch, boolean training) {
    return Seeds.of(scope, loaded.noise(), microBatch, training);
  }

  @Override
  public final SquaredNorms squaredNorms() {
    return parameters().squaredNorms(loaded.layers());
  }

  @Override
  public final void commit(double factor, double learningRate) {
    graphs.requireNone();
    parameters().update(factor, learningRate);
  }

  @Override
  public final void discard() {
    graphs.clear();
    parameters().clearGradients();
  }

  @Override
  public final PartitionState state(long version) {
    return state(version, Transfer::out);
  }

  @Override
  public final PartitionState view(long version) {
    return state(version, Transfer::view);
  }

  private PartitionState state(long version, Function<PtNDArray, TensorData> reader) {
    Parameters parameters = parameters();
    return new PartitionState(
        loaded.partition(),
        PartitionState.ONLY_COPY,
        version,
        parameters.optimizerSteps(),
        loaded.base(),
        parameters.state(reader));
  }

  @Override
  public final Map<String, TensorSpec> weights() {
    return parameters().weights();
  }

  @Override
  public final void read(String weight, long offset, ByteBuffer target) {
    parameters().read(weight, offset, target);
  }

  @Override
  public final void write(String weight, long offset, ByteBuffer source) {
    parameters().write(weight, offset, source);
  }

  @Override
  public final void readGradient(String weight, long offset, ByteBuffer target) {
    parameters().readGradient(weight, offset, target);
  }

  @Override
  public final void writeGradient(String weight, long offset, ByteBuffer source) {
    parameters().writeGradient(weight, offset, source);
  }

  @Override
  public final void resetOptimizer() {
    parameters().resetOptimizer();
  }

  /** Native arrays that this partition owns now, micro-batches in flight included. */
  final int liveArrays() {
    return loaded.scope().getManagedArrays().size();
  }

  @Override
  public final void close() {
    graphs.clear();
    loaded.scope().close();
  }
}
