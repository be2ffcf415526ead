package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.schemas.edge.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A traced file as the engine itself runs and trains it: the reference for what is cut from it. */
final class OriginalArchive implements AutoCloseable {
  private final PtNDManager scope = Torch.newScope(ComputeDevice.CPU);
  private final PtSymbolBlock module;
  private final Program training;
  private final Map<String, PtNDArray> weights = new LinkedHashMap<>();
  private final Map<String, PtNDArray> gradients = new LinkedHashMap<>();
  private final Map<String, PtNDArray> firstMoments = new LinkedHashMap<>();
  private final Map<String, PtNDArray> secondMoments = new LinkedHashMap<>();
  private int steps;

  /**
   * @param names of the weights to train, a tied one once
   */
  OriginalArchive(Path file, List<String> names) {
    Torch.onThisThread(true);
    training = Program.load(scope, "", List.of());
    try (InputStream in = Files.newInputStream(file)) {
      module = JniUtils.loadModule(scope, in, true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (NDArray parameter : JniUtils.moduleGetParams(module, scope)) {
      if (names.contains(parameter.getName())) {
        weights.put(parameter.getName(), (PtNDArray) parameter);
        parameter.setRequiresGradient(true);
        firstMoments.put(parameter.getName(), (PtNDArray) parameter.zerosLike());
        secondMoments.put(parameter.getName(), (PtNDArray) parameter.zerosLike());
      }
    }
  }

  PtNDManager scope() {
    return scope;
  }

  PtNDArray run(PtNDArray input) {
    Torch.onThisThread(true);
    return (PtNDArray) IValueUtils.forward(module, new NDList(input), true).singletonOrThrow();
  }

  /** Sum of cross entropies. */
  PtNDArray loss(PtNDArray logits, PtNDArray targets) {
    return training.call("cross_entropy", logits, List.of(targets));
  }

  PtNDArray gradient(String name) {
    return gradients.computeIfAbsent(name, key -> JniUtils.getGradient(weights.get(key)));
  }

  void step(double factor, double learningRate) {
    Torch.onThisThread(false);
    List<NDArray> arrays = new ArrayList<>();
    weights.values().forEach(array -> arrays.add(named(array, Program.WEIGHTS)));
    weights.keySet().forEach(name -> arrays.add(named(gradient(name), Program.GRADIENTS)));
    firstMoments.values().forEach(array -> arrays.add(named(array, Program.FIRST_MOMENTS)));
    secondMoments.values().forEach(array -> arrays.add(named(array, Program.SECOND_MOMENTS)));
    steps++;
    PtNDArray settings =
        Transfer.in(
            scope,
            learningRate,
            0.9,
            0.999,
            1e-8,
            PartitionedModel.WEIGHT_DECAY,
            factor,
            (double) steps);
    training.call("update", settings, arrays);
  }

  private static PtNDArray named(PtNDArray array, String name) {
    array.setName(name);
    return array;
  }

  Map<String, TensorData> weights() {
    Map<String, TensorData> values = new TreeMap<>();
    weights.forEach((name, array) -> values.put(name, Transfer.out(array)));
    return values;
  }

  @Override
  public void close() {
    scope.close();
  }
}
