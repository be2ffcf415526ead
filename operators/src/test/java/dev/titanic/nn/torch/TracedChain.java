package dev.titanic.nn.torch;

import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.protocol.MicroBatch;
import dev.titanic.schemas.edge.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All parts of a traced model that takes float32, in one thread. */
final class TracedChain implements AutoCloseable {
  private static final MicroBatch ONLY = new MicroBatch(0, 0);

  private final List<TorchStage> parts = new ArrayList<>();

  TracedChain(TracedModel model, List<Integer> cut) {
    TracedPartitionLoader loader = loader(model, cut);
    for (int part = 0; part <= cut.size(); part++) {
      parts.add(loader.part(part, null));
    }
  }

  static TracedPartitionLoader loader(TracedModel model, List<Integer> cut) {
    return new TracedPartitionLoader(
        model, new SequenceLimits(97, 32), cut, PartitionedModel.settings(), ComputeDevice.CPU);
  }

  TensorData forward(TensorData input) {
    TensorData current = input;
    for (TorchStage part : parts) {
      current = part.forward(ONLY, current, true);
    }
    return current;
  }

  /** Returns the gradient of the input. */
  TensorData backward(TensorData gradient) {
    TensorData current = gradient;
    for (int part = parts.size() - 1; part >= 0; part--) {
      current = parts.get(part).backward(ONLY, current);
    }
    return current;
  }

  TensorData gradient(String weight) {
    return parts.stream()
        .flatMap(part -> part.parameters().gradient(weight).stream())
        .findFirst()
        .orElseThrow();
  }

  void step(double learningRate) {
    parts.forEach(part -> part.commit(1, learningRate));
  }

  Map<String, TensorData> weights() {
    Map<String, TensorData> weights = new TreeMap<>();
    parts.forEach(part -> PartitionedModel.export(part, weights::put));
    return weights;
  }

  @Override
  public void close() {
    parts.forEach(TorchStage::close);
  }
}
