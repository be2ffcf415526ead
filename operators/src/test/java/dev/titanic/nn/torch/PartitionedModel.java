package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.HeadResult;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.protocol.Partition;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** All partitions of a model in one thread, driven in the order of one micro-batch at a time. */
final class PartitionedModel implements AutoCloseable {
  static final double WEIGHT_DECAY = 0.01;

  final TorchOwner owner;
  final List<TorchStage> stages = new ArrayList<>();
  private long steps;

  PartitionedModel(ModelDirectory model, int stages) {
    this(loader(model, stages), stages);
  }

  PartitionedModel(ModelDirectory model, int stages, @Nullable Lora lora) {
    this(loader(model, stages, lora), stages);
  }

  PartitionedModel(TorchPartitionLoader loader, int stages) {
    this.owner = (TorchOwner) loader.owner(null);
    for (int stage = 1; stage <= stages; stage++) {
      this.stages.add((TorchStage) loader.stage(stage, null));
    }
  }

  /** Goes on from trained states, of all partitions in order. */
  PartitionedModel(TorchPartitionLoader loader, List<PartitionState> states) {
    this.owner = (TorchOwner) loader.owner(states.get(0));
    for (int stage = 1; stage < states.size(); stage++) {
      this.stages.add((TorchStage) loader.stage(stage, states.get(stage)));
    }
  }

  static TorchPartitionLoader loader(ModelDirectory model, int stages) {
    return loader(model, stages, settings());
  }

  static TorchPartitionLoader loader(ModelDirectory model, int stages, @Nullable Lora lora) {
    int blocks = Architecture.of(model.config()).blocks().size();
    return loader(model, Cut.even(blocks, 1, stages), lora);
  }

  static TorchPartitionLoader loader(ModelDirectory model, Cut cut, @Nullable Lora lora) {
    return loader(model, cut, settings().with(lora));
  }

  static TorchPartitionLoader loader(ModelDirectory model, int stages, TrainingSettings settings) {
    int blocks = Architecture.of(model.config()).blocks().size();
    return loader(model, Cut.even(blocks, 1, stages), settings);
  }

  private static TorchPartitionLoader loader(
      ModelDirectory model, Cut cut, TrainingSettings settings) {
    return new TorchPartitionLoader(model, cut, settings, ComputeDevice.CPU);
  }

  static TrainingSettings settings() {
    return new TrainingSettings(AdamW.withWeightDecay(WEIGHT_DECAY), new Noise(7));
  }

  List<Partition> partitions() {
    List<Partition> partitions = new ArrayList<>(stages);
    partitions.add(0, owner);
    return partitions;
  }

  /** Goes on as if so many steps had been trained. */
  void skipTo(long step) {
    steps = step;
  }

  /** Returns the final hidden state. */
  TensorData forward(int microBatch, TokenBatch batch, boolean training) {
    TensorData hidden = owner.forward(identify(microBatch), batch, training);
    for (TorchStage stage : stages) {
      hidden = stage.forward(identify(microBatch), hidden, training);
    }
    return hidden;
  }

  private MicroBatch identify(int microBatch) {
    return new MicroBatch(steps, microBatch);
  }

  void backward(int microBatch, TensorData headGradient) {
    TensorData gradient = headGradient;
    for (int stage = stages.size() - 1; stage >= 0; stage--) {
      gradient = stages.get(stage).backward(identify(microBatch), gradient);
    }
    owner.backward(identify(microBatch), gradient);
  }

  /** Accumulates the gradients of one micro-batch; returns the loss sum. */
  double accumulate(int microBatch, TokenBatch batch) {
    TensorData hidden = forward(microBatch, batch, true);
    HeadResult result = owner.head(identify(microBatch), hidden, batch, true);
    backward(microBatch, requireNonNull(result.gradient()));
    return result.lossSum();
  }

  /** Trains one step; returns the mean loss. */
  double step(List<TokenBatch> batches, double learningRate) {
    return step(batches, learningRate, targets -> {});
  }

  /**
   * Trains one step; returns the mean loss.
   *
   * @param prepared gets the number of targets when all gradients are there
   */
  double step(List<TokenBatch> batches, double learningRate, LongConsumer prepared) {
    double lossSum = 0;
    long targets = 0;
    for (int microBatch = 0; microBatch < batches.size(); microBatch++) {
      lossSum += accumulate(microBatch, batches.get(microBatch));
      targets += batches.get(microBatch).targetCount();
    }
    prepared.accept(targets);
    for (Partition partition : partitions()) {
      partition.commit(1.0 / targets, learningRate);
    }
    steps++;
    return lossSum / targets;
  }

  SquaredNorms squaredNorms() {
    return partitions().stream().map(Partition::squaredNorms).reduce(SquaredNorms::plus).get();
  }

  TensorData gradient(String name) {
    return torchPartitions().stream()
        .flatMap(partition -> partition.parameters().gradient(name).stream())
        .findFirst()
        .get();
  }

  /** An accumulated gradient, divided by the number of targets. */
  float[] meanGradient(String name, long targets) {
    float[] gradient = Numbers.of(gradient(name));
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= targets;
    }
    return gradient;
  }

  private List<TorchPartition> torchPartitions() {
    List<TorchPartition> partitions = new ArrayList<>(stages);
    partitions.add(owner);
    return partitions;
  }

  int liveArrays() {
    return torchPartitions().stream().mapToInt(TorchPartition::liveArrays).sum();
  }

  Map<String, float[]> weights() {
    Map<String, float[]> weights = new TreeMap<>();
    for (Partition partition : partitions()) {
      export(partition, (name, tensor) -> weights.put(name, Numbers.of(tensor)));
    }
    return weights;
  }

  /** Hands out the weights of a partition, each as a whole. */
  static void export(Partition partition, BiConsumer<String, TensorData> weights) {
    partition
        .weights()
        .forEach(
            (name, spec) -> {
              ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
              partition.read(name, 0, bytes);
              weights.accept(name, TensorData.of(spec, bytes.array()));
            });
  }

  @Override
  public void close() {
    partitions().forEach(Partition::close);
  }
}
