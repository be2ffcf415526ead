package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Stored;
import dev.titanic.nn.graph.Operand.Variable;
import dev.titanic.nn.graph.Profile.TensorLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Work and weights between two positions of a straight line. */
final class LinePieces implements CutSearch.Pieces {
  private final StraightLine line;
  private final Profile profile;
  private final double[] workBefore;
  private final int[] weightUsesBefore;

  /** Operations that use a weight, for every weight that several use. */
  private final Map<String, List<Integer>> shared = new TreeMap<>();

  LinePieces(StraightLine line, Profile profile) {
    this.line = line;
    this.profile = profile;
    this.workBefore = new double[end() + 1];
    this.weightUsesBefore = new int[end() + 1];
    for (int i = 0; i < end(); i++) {
      Operation operation = line.operations().get(i);
      List<Stored> weights =
          operation.uses().stream().filter(line::isTrained).map(Stored.class::cast).toList();
      for (Stored weight : weights) {
        shared.computeIfAbsent(weight.name(), name -> new ArrayList<>()).add(i);
      }
      workBefore[i + 1] = workBefore[i] + work(operation, weights);
      weightUsesBefore[i + 1] = weightUsesBefore[i] + weights.size();
    }
    shared.values().removeIf(uses -> uses.size() == 1);
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
    for (List<Integer> uses : shared.values()) {
      long within = uses.stream().filter(use -> use >= from && use < to).count();
      if (within > 0 && within < uses.size()) {
        return false;
      }
    }
    return true;
  }

  /** Weights with several uses, which no boundary of a stage may part. */
  Iterable<String> shared() {
    return shared.keySet();
  }

  /** Number of uses of weights before a position. */
  int weightUsesBefore(int position) {
    return weightUsesBefore[position];
  }
}
