package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;

import dev.titanic.nn.graph.TracedModel;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.PartitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All partitions of a traced language model, in one thread. */
final class TracedPartitions implements AutoCloseable {
  private final TracedOwner owner;
  private final List<TorchStage> stages = new ArrayList<>();
  private long version;

  TracedPartitions(TracedModel model, int stages) {
    this(model, stages, null);
  }

  /** Goes on from states, of all partitions in order. */
  TracedPartitions(TracedModel model, int stages, @Nullable List<PartitionState> states) {
    List<Integer> cut = model.cut(stages, TracedProfile.ofTokens(model, 2, 16));
    TracedPartitionLoader loader = TracedChain.loader(model, cut);
    owner = (TracedOwner) loader.owner(states == null ? null : states.get(0));
    for (int stage = 1; stage <= stages; stage++) {
      PartitionState state = states == null ? null : states.get(stage);
      this.stages.add((TorchStage) loader.stage(stage, state));
    }
  }

  TracedOwner owner() {
    return owner;
  }

  TensorData forward(int microBatch, TokenBatch batch, boolean training) {
    TensorData current = owner.forward(at(microBatch), batch, training);
    for (TorchStage stage : stages) {
      current = stage.forward(at(microBatch), current, training);
    }
    return current;
  }

  private MicroBatch at(int microBatch) {
    return new MicroBatch(version, microBatch);
  }

  /** Loss and backward pass; returns the loss sum. */
  double backward(int microBatch, TensorData hidden, TokenBatch batch) {
    HeadResult result = owner.head(at(microBatch), hidden, batch, true);
    TensorData gradient = requireNonNull(result.gradient());
    for (int stage = stages.size() - 1; stage >= 0; stage--) {
      gradient = stages.get(stage).backward(at(microBatch), gradient);
    }
    owner.backward(at(microBatch), gradient);
    return result.lossSum();
  }

  /** All forward passes, then all backward passes; returns the loss sum. */
  double accumulate(List<TokenBatch> batches) {
    List<TensorData> hidden = new ArrayList<>();
    for (int m = 0; m < batches.size(); m++) {
      hidden.add(forward(m, batches.get(m), true));
    }
    double lossSum = 0;
    for (int m = 0; m < batches.size(); m++) {
      lossSum += backward(m, hidden.get(m), batches.get(m));
    }
    return lossSum;
  }

  void step(double factor, double learningRate) {
    partitions().forEach(partition -> partition.commit(factor, learningRate));
    version++;
  }

  SquaredNorms squaredNorms() {
    return partitions().map(TorchPartition::squaredNorms).reduce(SquaredNorms::plus).orElseThrow();
  }

  List<PartitionState> states() {
    return partitions().map(partition -> partition.state(version)).toList();
  }

  Map<String, TensorData> weights() {
    Map<String, TensorData> weights = new TreeMap<>();
    partitions().forEach(partition -> PartitionedModel.export(partition, weights::put));
    return weights;
  }

  int liveArrays() {
    return partitions().mapToInt(TorchPartition::liveArrays).sum();
  }

  private Stream<TorchPartition> partitions() {
    return Stream.concat(Stream.of(owner), stages.stream());
  }

  @Override
  public void close() {
    partitions().forEach(TorchPartition::close);
  }
}
