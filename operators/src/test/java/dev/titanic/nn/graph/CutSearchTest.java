package dev.titanic.nn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.graph.CutSearch.Candidate;
import dev.titanic.nn.graph.CutSearch.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CutSearchTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsTheCheapestOfAllWaysToCut(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Line line = Line.random(random, 4 + random.nextInt(12));
      List<Candidate> candidates = candidates(random, line.end());
      List<Double> shares = shares(random, 2 + random.nextInt(3));

      Optional<List<Integer>> found = CutSearch.best(candidates, line, shares);

      double cheapest = Double.POSITIVE_INFINITY;
      for (List<Candidate> way : ways(candidates, shares.size() - 1)) {
        cheapest = Math.min(cheapest, CutSearch.cost(way, candidates, line, shares));
      }
      assertThat(found.isPresent()).isEqualTo(cheapest < Double.POSITIVE_INFINITY);
      if (found.isPresent()) {
        List<Candidate> chosen =
            candidates.stream().filter(each -> found.get().contains(each.position())).toList();
        assertThat(chosen).hasSize(shares.size() - 1);
        assertThat(CutSearch.cost(chosen, candidates, line, shares))
            .isLessThanOrEqualTo(cheapest * (1 + 1e-12));
      }
    }
  }

  private static List<Candidate> candidates(Random random, int end) {
    List<Candidate> candidates = new ArrayList<>();
    for (int position = 1; position < end; position++) {
      if (random.nextInt(4) > 0) {
        candidates.add(new Candidate(position, 4L * (1 + random.nextInt(100))));
      }
    }
    return candidates;
  }

  private static List<Double> shares(Random random, int parts) {
    return DoubleStream.generate(() -> 0.5 + random.nextDouble()).limit(parts).boxed().toList();
  }

  private static List<List<Candidate>> ways(List<Candidate> candidates, int count) {
    if (count == 0) {
      return List.of(List.of());
    }
    List<List<Candidate>> ways = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      for (List<Candidate> rest : ways(candidates.subList(i + 1, candidates.size()), count - 1)) {
        List<Candidate> way = new ArrayList<>(List.of(candidates.get(i)));
        way.addAll(rest);
        ways.add(way);
      }
    }
    return ways;
  }

  /**
   * Operations with loads.
   *
   * @param forbidden pieces that may not hold both of two neighbours
   */
  private record Line(List<Double> loads, List<Integer> forbidden) implements Pieces {

    static Line random(Random random, int operations) {
      return new Line(
          DoubleStream.generate(random::nextDouble).limit(operations).boxed().toList(),
          List.of(random.nextInt(operations)));
    }

    @Override
    public int end() {
      return loads.size();
    }

    @Override
    public double load(int from, int to) {
      return loads.subList(from, to).stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public boolean allows(int from, int to) {
      return forbidden.stream().noneMatch(at -> from == at && to == at + 1);
    }
  }
}
