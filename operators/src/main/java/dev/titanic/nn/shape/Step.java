package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One operation of a program that runs on shapes, with what its backward pass needs and makes. */
final class Step {

  /** Where the gradient of an input comes from. */
  enum Gradient {
    /** It is the gradient of the output, perhaps seen in another layout. */
    PASSED,
    /** It is computed. */
    COMPUTED
  }

  private final List<Phantom> inputs = new ArrayList<>();
  private final List<Phantom> outputs = new ArrayList<>();
  private final List<Phantom> saved = new ArrayList<>();
  private final Map<Phantom, Gradient> gradients = new LinkedHashMap<>();
  private long backwardScratch;
  private double forwardFlops;
  private double backwardFlops;

  Step reads(Phantom... read) {
    inputs.addAll(List.of(read));
    return this;
  }

  Step makes(Phantom output) {
    outputs.add(output);
    return this;
  }

  Step saves(Phantom tensor) {
    saved.add(tensor);
    return this;
  }

  /** Without effect on an input that needs no gradient. */
  Step passesGradientTo(Phantom input) {
    return gradient(input, Gradient.PASSED);
  }

  /** Without effect on an input that needs no gradient. */
  Step computesGradientOf(Phantom input) {
    return gradient(input, Gradient.COMPUTED);
  }

  private Step gradient(Phantom input, Gradient gradient) {
    if (input.needsGradient()) {
      gradients.put(input, gradient);
    }
    return this;
  }

  /** Memory that the backward pass takes for a moment. */
  Step backwardScratch(long bytes) {
    backwardScratch += bytes;
    return this;
  }

  /** Multiplications and additions, each counted. */
  Step flops(double forward, double backward) {
    forwardFlops = forward;
    backwardFlops = backward;
    return this;
  }

  List<Phantom> inputs() {
    return inputs;
  }

  List<Phantom> outputs() {
    return outputs;
  }

  List<Phantom> saved() {
    return saved;
  }

  Map<Phantom, Gradient> gradients() {
    return gradients;
  }

  long backwardScratch() {
    return backwardScratch;
  }

  double forwardFlops() {
    return forwardFlops;
  }

  double backwardFlops() {
    return backwardFlops;
  }
}
