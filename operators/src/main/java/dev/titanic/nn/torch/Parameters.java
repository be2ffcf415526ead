package dev.titanic.nn.torch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.AdamW;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All trained weights of a partition, in the model's order, and their optimizer. */
final class Parameters {
  private final PtNDManager owner;
  private final Program program;
  private final AdamW settings;
  private final List<Parameter> parameters;
  private final List<Narrowed> narrowed;
  private final Map<Double, List<Parameter>> byWeightDecay;
  private long optimizerSteps;

  /**
   * @param narrowed copies of them in the compute type
   * @param optimizerSteps number of updates that the parameters have had
   */
  Parameters(
      PtNDManager owner,
      Program program,
      AdamW settings,
      List<Parameter> parameters,
      List<Narrowed> narrowed,
      long optimizerSteps) {
    this.owner = owner;
    this.program = program;
    this.settings = settings;
    this.parameters = List.copyOf(parameters);
    this.narrowed = List.copyOf(narrowed);
    this.byWeightDecay =
        this.parameters.stream()
            .collect(
                groupingBy(
                    parameter -> settings.weightDecay(parameter.spec()),
                    LinkedHashMap::new,
                    toList()));
    this.optimizerSteps = optimizerSteps;
  }

  long optimizerSteps() {
    return optimizerSteps;
  }

  /** Whether a weight of an earlier layer is trained here. */
  boolean anyInFrontOf(int layer) {
    return parameters.stream().anyMatch(parameter -> parameter.layer() < layer);
  }

  void prepareForBackward() {
    parameters.forEach(Parameter::prepareForBackward);
  }

  /** Squared norms per layer: of every tensor in fp64, added in the model's order. */
  SquaredNorms squaredNorms(int layers) {
    Torch.onThisThread(false);
    List<PtNDArray> gradients = parameters.stream().map(Parameter::gradient).toList();
    double[] perLayer = new double[layers];
    if (!gradients.isEmpty()) {
      List<PtNDArray> others = gradients.subList(1, gradients.size());
      try (PtNDArray norms = program.call("squared_norms", gradients.get(0), others)) {
        double[] values = Transfer.doublesOut(norms);
        for (int i = 0; i < values.length; i++) {
          perLayer[parameters.get(i).layer()] += values[i];
        }
      }
    }
    return SquaredNorms.of(perLayer);
  }

  /** Scales the gradients, applies one step of AdamW, clears the gradients. */
  void update(double factor, double learningRate) {
    Torch.onThisThread(false);
    optimizerSteps++;
    narrowed.forEach(Narrowed::forget);
    byWeightDecay.forEach((decay, group) -> update(group, decay, factor, learningRate));
  }

  private void update(List<Parameter> group, double decay, double factor, double learningRate) {
    List<NDArray> arrays = new ArrayList<>();
    group.forEach(parameter -> arrays.add(parameter.leaf().array()));
    group.forEach(parameter -> arrays.add(parameter.gradient()));
    group.forEach(parameter -> arrays.add(parameter.firstMoment()));
    group.forEach(parameter -> arrays.add(parameter.secondMoment()));
    try (PtNDManager scope = (PtNDManager) owner.newSubManager()) {
      PtNDArray numbers =
          Transfer.in(
              scope,
              learningRate,
              settings.beta1(),
              settings.beta2(),
              settings.epsilon(),
              decay,
              factor,
              (double) optimizerSteps);
      program.call("update", numbers, arrays);
    }
  }

  void clearGradients() {
    Torch.onThisThread(false);
    parameters.forEach(Parameter::clearGradient);
  }

  List<PartitionState.Parameter> state(Function<PtNDArray, TensorData> reader) {
    return parameters.stream().map(parameter -> parameter.state(reader)).toList();
  }

  Map<String, TensorSpec> weights() {
    Map<String, TensorSpec> weights = new LinkedHashMap<>();
    parameters.forEach(parameter -> weights.put(parameter.name(), parameter.spec()));
    return weights;
  }

  /** Copies bytes of a weight from an offset on, as many as the target has room for. */
  void read(String name, long offset, ByteBuffer target) {
    Torch.onThisThread(false);
    Transfer.out(named(name).orElseThrow().leaf().array(), offset, target);
  }

  /** The accumulated gradient of one weight, if it is here. */
  Optional<TensorData> gradient(String name) {
    return named(name).map(parameter -> Transfer.out(parameter.gradient()));
  }

  private Optional<Parameter> named(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }
}
