package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Stored;
import dev.titanic.nn.graph.Operand.Variable;
import dev.titanic.nn.graph.Profile.TensorLook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Work and weights between two positions of a straight line. */
final class LinePieces implements CutSearch.Pieces {
  private final StraightLine line;
  private final Profile profile;
  private final double[] workBefore;
  private final int[] weightUsesBefore;
  private final Map<String, Integer> firstUse = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  LinePieces(StraightLine line, Profile profile) {
    this.line = line;
    this.profile = profile;
    this.workBefore = new double[end() + 1];
    this.weightUsesBefore = new int[end() + 1];
    for (int i = 0; i < end(); i++) {
      List<Stored> weights = weights(i);
      for (Stored weight : weights) {
        firstUse.putIfAbsent(weight.name(), i);
        lastUse.put(weight.name(), i);
      }
      workBefore[i + 1] = workBefore[i] + work(line.operations().get(i), weights);
      weightUsesBefore[i + 1] = weightUsesBefore[i] + weights.size();
    }
  }

  private List<Stored> weights(int operation) {
    return line.operations().get(operation).uses().stream()
        .filter(line::isTrained)
        .map(Stored.class::cast)
        .toList();
  }

  /** Multiply-adds with matrices of weights, and one for every other element. */
  private double work(Operation operation, List<Stored> weights) {
    double work = 0;
    for (Variable result : operation.results()) {
      TensorLook look = profile.tensors().get(result);
      if (look == null || look.shape().isEmpty()) {
        continue;
      }
      work += look.elements();
      int channels = operation.name().contains("conv") ? 1 : look.shape().size() - 1;
      double rows = look.elements() / (double) Math.max(1, look.shape().get(channels));
      for (Stored weight : weights) {
        ArchivedTensor tensor = line.tensor(weight.name()).tensor();
        boolean matrix = tensor.shape().size() > 1 && !Functions.isLookup(operation.name());
        work += matrix ? rows * tensor.elements() : 0;
      }
    }
    return work;
  }

  @Override
  public int end() {
    return line.operations().size();
  }

  @Override
  public double load(int from, int to) {
    return workBefore[to] - workBefore[from];
  }

  /** First and last part are both the owner's, so those two may share weights. */
  @Override
  public boolean allows(int from, int to) {
    if (weightUsesBefore[to] == weightUsesBefore[from]) {
      return false;
    }
    if (from == 0 || to == end()) {
      return true;
    }
    for (int i = from; i < to; i++) {
      for (Stored weight : weights(i)) {
        if (firstUse.getOrDefault(weight.name(), from) < from
            || lastUse.getOrDefault(weight.name(), from) >= to) {
          return false;
        }
      }
    }
    return true;
  }

  /** Weights with several uses, which no boundary of a stage may part. */
  List<String> shared() {
    return firstUse.keySet().stream()
        .filter(name -> !Objects.equals(firstUse.get(name), lastUse.get(name)))
        .sorted()
        .toList();
  }

  /** Number of uses of weights before a position. */
  int weightUsesBefore(int position) {
    return weightUsesBefore[position];
  }
}
