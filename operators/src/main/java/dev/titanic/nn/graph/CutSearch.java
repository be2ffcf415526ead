package dev.titanic.nn.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Chooses where to cut: parts as large as their shares, boundaries as narrow as possible.
 *
 * <p>Minimises the sum over parts of (load / total)² / share, which is 1 when every part has
 * exactly its share, plus the mean over boundaries of bytes / median bytes. So a boundary of usual
 * width counts as much as the whole work: a narrow one wins unless it unbalances the parts badly.
 */
final class CutSearch {
  private final List<Candidate> candidates;
  private final Pieces pieces;
  private final double[] shares;
  private final double medianBytes;

  /**
   * A position at which the model may be cut.
   *
   * @param bytes that cross it
   */
  record Candidate(int position, long bytes) {}

  /** What lies between two positions; a position below zero or above the end is the model's end. */
  interface Pieces {

    /** Number of operations. */
    int end();

    double load(int from, int to);

    /** Whether it may be a part of its own: it has weights, and, as a stage, shares none. */
    boolean allows(int from, int to);
  }

  private CutSearch(List<Candidate> candidates, Pieces pieces, List<Double> shares) {
    this.candidates = candidates;
    this.pieces = pieces;
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    this.shares = shares.stream().mapToDouble(share -> share / sum).toArray();
    double[] bytes = candidates.stream().mapToDouble(Candidate::bytes).sorted().toArray();
    this.medianBytes = bytes.length == 0 ? 1 : Math.max(1, bytes[bytes.length / 2]);
  }

  /**
   * @param candidates in order
   * @param shares relative, of every part
   * @return one position fewer than parts; empty when there is no way
   */
  static Optional<List<Integer>> best(
      List<Candidate> candidates, Pieces pieces, List<Double> shares) {
    return new CutSearch(candidates, pieces, shares).search();
  }

  /** The cost of one way to cut; infinite when it is not allowed. */
  static double cost(
      List<Candidate> chosen, List<Candidate> candidates, Pieces pieces, List<Double> shares) {
    CutSearch search = new CutSearch(candidates, pieces, shares);
    double cost = 0;
    int from = 0;
    for (int part = 0; part <= chosen.size(); part++) {
      int to = part < chosen.size() ? chosen.get(part).position() : pieces.end();
      cost += search.partCost(part, from, to);
      cost += part < chosen.size() ? search.boundaryCost(chosen.get(part)) : 0;
      from = to;
    }
    return cost;
  }

  private double partCost(int part, int from, int to) {
    if (!pieces.allows(from, to)) {
      return Double.POSITIVE_INFINITY;
    }
    double fraction = pieces.load(from, to) / pieces.load(0, pieces.end());
    return fraction * fraction / shares[part];
  }

  private double boundaryCost(Candidate candidate) {
    return candidate.bytes() / medianBytes / (shares.length - 1);
  }

  /**
   * Dynamic programming over the boundaries; costs[i] is the best way that ends with candidate i.
   */
  private Optional<List<Integer>> search() {
    int boundaries = shares.length - 1;
    int[][] previous = new int[boundaries][candidates.size()];
    double[] costs = new double[candidates.size()];
    Arrays.setAll(costs, i -> partCost(0, 0, position(i)) + boundaryCost(candidates.get(i)));
    for (int boundary = 1; boundary < boundaries; boundary++) {
      costs = extended(costs, boundary, previous[boundary]);
    }
    int best = -1;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int i = 0; i < costs.length; i++) {
      double cost = costs[i] + partCost(boundaries, position(i), pieces.end());
      if (cost < bestCost) {
        bestCost = cost;
        best = i;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(positions(previous, best));
  }

  private double[] extended(double[] costs, int boundary, int[] previous) {
    double[] extended = new double[costs.length];
    Arrays.fill(extended, Double.POSITIVE_INFINITY);
    for (int i = 0; i < costs.length; i++) {
      for (int before = 0; before < i; before++) {
        if (costs[before] == Double.POSITIVE_INFINITY) {
          continue;
        }
        double cost =
            costs[before]
                + partCost(boundary, position(before), position(i))
                + boundaryCost(candidates.get(i));
        if (cost < extended[i]) {
          extended[i] = cost;
          previous[i] = before;
        }
      }
    }
    return extended;
  }

  private List<Integer> positions(int[][] previous, int last) {
    List<Integer> positions = new ArrayList<>();
    int candidate = last;
    for (int boundary = previous.length - 1; boundary >= 0; boundary--) {
      positions.add(position(candidate));
      candidate = previous[boundary][candidate];
    }
    Collections.reverse(positions);
    return List.copyOf(positions);
  }

  private int position(int candidate) {
    return candidates.get(candidate).position();
  }
}
