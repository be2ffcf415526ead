package dev.titanic.nn.shape;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From when to when memory is alive in a forward pass and the backward pass behind it: step t of n
 * runs forward at time t and backward at time 2n - 1 - t.
 *
 * <p>As in the engine, a tensor is freed after its last use, and a saved one when the step that
 * saved it has gone backward.
 */
final class Lifetimes {
  private final List<Step> steps;
  private final Map<Storage, Span> storages = new HashMap<>();

  /** The gradient of every tensor that has one; what is passed on shares its memory. */
  private final Map<Phantom, Span> gradients = new HashMap<>();

  private final long[] alive;

  private Lifetimes(List<Step> steps) {
    this.steps = steps;
    this.alive = new long[2 * steps.size()];
  }

  /**
   * @param inputs held by the caller while the forward pass runs
   * @param results whose gradients the caller holds at first
   */
  static PassCost cost(List<Step> steps, List<Phantom> inputs, List<Phantom> results) {
    if (steps.isEmpty()) {
      return new PassCost(0, 0, 0, 0, 0, 0);
    }
    Lifetimes lifetimes = new Lifetimes(steps);
    lifetimes.goForward(inputs, results);
    lifetimes.goBackward(inputs, results);
    return lifetimes.cost();
  }

  private void goForward(List<Phantom> inputs, List<Phantom> results) {
    for (Phantom input : inputs) {
      use(input, 0);
      use(input, steps.size() - 1);
    }
    for (int time = 0; time < steps.size(); time++) {
      Step step = steps.get(time);
      for (Phantom tensor : step.inputs()) {
        use(tensor, time);
      }
      for (Phantom tensor : step.outputs()) {
        use(tensor, time);
      }
      if (!step.gradients().isEmpty()) {
        for (Phantom tensor : step.saved()) {
          use(tensor, backwardTime(time));
        }
      }
    }
    results.forEach(result -> use(result, steps.size() - 1));
    storages.values().forEach(span -> span.addTo(alive));
  }

  private void goBackward(List<Phantom> inputs, List<Phantom> results) {
    for (Phantom result : results) {
      gradients.put(result, new Span(result.bytes(), steps.size()));
    }
    for (int step = steps.size() - 1; step >= 0; step--) {
      goBackward(steps.get(step), backwardTime(step));
    }
    for (Phantom input : inputs) {
      Span gradient = gradients.get(input);
      if (gradient != null) {
        gradient.extendTo(alive.length - 1);
      }
    }
    Set<Span> distinct = new HashSet<>(gradients.values());
    distinct.forEach(span -> span.addTo(alive));
  }

  private void goBackward(Step step, int time) {
    List<Span> given =
        step.outputs().stream().filter(gradients::containsKey).map(gradients::get).toList();
    if (given.isEmpty()) {
      return;
    }
    given.forEach(gradient -> gradient.extendTo(time));
    alive[time] += step.backwardScratch();
    step.gradients()
        .forEach(
            (input, gradient) -> {
              switch (gradient) {
                case PASSED -> gradients.putIfAbsent(input, given.get(0));
                case COMPUTED -> compute(input, time);
              }
            });
  }

  /** One that is there already is added to in place, as is that of a weight. */
  private void compute(Phantom input, int time) {
    if (input.isTrainedWeight() || gradients.containsKey(input)) {
      alive[time] += input.bytes();
    } else {
      gradients.put(input, new Span(input.bytes(), time));
    }
  }

  private int backwardTime(int step) {
    return alive.length - 1 - step;
  }

  private void use(Phantom tensor, int time) {
    storages
        .computeIfAbsent(
            tensor.storage(), storage -> new Span(storage.isLasting() ? 0 : storage.bytes(), time))
        .extendTo(time);
  }

  private PassCost cost() {
    int turn = steps.size();
    return new PassCost(
        kept(Long.MAX_VALUE),
        kept(PassCost.OWN_MAPPING),
        Arrays.stream(alive, 0, turn).max().orElse(0),
        Arrays.stream(alive, turn, alive.length).max().orElse(0),
        steps.stream().mapToDouble(Step::forwardFlops).sum(),
        steps.stream().mapToDouble(Step::backwardFlops).sum());
  }

  /** What is alive between the passes, of tensors below so many bytes. */
  private long kept(long limit) {
    return storages.values().stream()
        .filter(span -> span.reaches(steps.size()) && span.bytes() < limit)
        .mapToLong(Span::bytes)
        .sum();
  }
}
