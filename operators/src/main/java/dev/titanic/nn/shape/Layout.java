package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shape and strides of a tensor, both in elements: what decides whether a reshape is a view or a
 * copy.
 */
record Layout(List<Long> shape, List<Long> strides) {
  Layout {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()) {
      throw new IllegalArgumentException(shape + " with strides " + strides);
    }
  }

  static Layout contiguous(List<Long> shape) {
    return dense(shape, IntStream.range(0, shape.size()).boxed().toList());
  }

  /** Without gaps, the dimensions from the outermost to the innermost. */
  private static Layout dense(List<Long> shape, List<Integer> order) {
    List<Long> strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
    long stride = 1;
    for (int place = order.size() - 1; place >= 0; place--) {
      strides.set(order.get(place), stride);
      stride *= shape.get(order.get(place));
    }
    return new Layout(shape, strides);
  }

  /** Without gaps, in the order in which this one's dimensions are stored. */
  Layout compacted() {
    return dense(
        shape,
        IntStream.range(0, shape.size())
            .boxed()
            .sorted(Comparator.comparing((Integer dimension) -> -strides.get(dimension)))
            .toList());
  }

  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  int rank() {
    return shape.size();
  }

  /** Counts a negative dimension from the end. */
  int dimension(long dimension) {
    int counted = (int) (dimension < 0 ? dimension + shape.size() : dimension);
    if (counted < 0 || counted >= shape.size()) {
      throw new IllegalArgumentException("dimension %d of %s".formatted(dimension, shape));
    }
    return counted;
  }

  long size(long dimension) {
    return shape.get(dimension(dimension));
  }

  Layout transposed(long one, long other) {
    List<Long> sizes = new ArrayList<>(shape);
    List<Long> steps = new ArrayList<>(strides);
    Collections.swap(sizes, dimension(one), dimension(other));
    Collections.swap(steps, dimension(one), dimension(other));
    return new Layout(sizes, steps);
  }

  Layout permuted(List<Long> dimensions) {
    List<Integer> order = dimensions.stream().map(this::dimension).toList();
    return new Layout(
        order.stream().map(shape::get).toList(), order.stream().map(strides::get).toList());
  }

  Layout unsqueezed(long dimension) {
    int place = (int) (dimension < 0 ? dimension + shape.size() + 1 : dimension);
    List<Long> sizes = new ArrayList<>(shape);
    List<Long> steps = new ArrayList<>(strides);
    steps.add(place, place < shape.size() ? shape.get(place) * strides.get(place) : 1L);
    sizes.add(place, 1L);
    return new Layout(sizes, steps);
  }

  /** Without one dimension: at one index of it. */
  Layout selected(long dimension) {
    List<Long> sizes = new ArrayList<>(shape);
    List<Long> steps = new ArrayList<>(strides);
    sizes.remove(dimension(dimension));
    steps.remove(dimension(dimension));
    return new Layout(sizes, steps);
  }

  Layout narrowed(long dimension, long size) {
    List<Long> sizes = new ArrayList<>(shape);
    sizes.set(dimension(dimension), size);
    return new Layout(sizes, strides);
  }

  /** Repeats dimensions of one, and adds dimensions in front, without storing more. */
  Layout expanded(List<Long> target) {
    int added = target.size() - shape.size();
    List<Long> sizes = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    for (int place = 0; place < target.size(); place++) {
      long own = place < added ? 1 : shape.get(place - added);
      long size = target.get(place) == -1 ? own : target.get(place);
      sizes.add(size);
      steps.add(place < added || own != size ? 0 : strides.get(place - added));
    }
    return new Layout(sizes, steps);
  }

  /** Fills in the one size that is -1. */
  List<Long> resolved(List<Long> target) {
    long known = target.stream().filter(size -> size != -1).reduce(1L, Math::multiplyExact);
    return target.stream().map(size -> size == -1 ? elements() / known : size).toList();
  }

  /** The same elements in another shape, if strides can say so; otherwise they must be copied. */
  Optional<Layout> viewed(List<Long> target) {
    long[] steps = new long[target.size()];
    int place = target.size() - 1;
    long chunk = 1; // elements of the own dimensions that are stored as one
    long base = rank() == 0 ? 1 : strides.get(rank() - 1);
    for (int dimension = rank() - 1; dimension >= 0; dimension--) {
      chunk *= shape.get(dimension);
      boolean chunkEnds =
          dimension == 0
              || shape.get(dimension - 1) != 1 && strides.get(dimension - 1) != chunk * base;
      if (chunkEnds) {
        long covered = 1;
        while (place >= 0 && (covered < chunk || target.get(place) == 1)) {
          steps[place] = covered * base;
          covered *= target.get(place--);
        }
        if (covered != chunk) {
          return Optional.empty();
        }
        base = dimension == 0 ? 1 : strides.get(dimension - 1);
        chunk = 1;
      }
    }
    for (; place >= 0; place--) {
      steps[place] = 1;
    }
    return Optional.of(
        new Layout(target, IntStream.range(0, steps.length).mapToObj(i -> steps[i]).toList()));
  }

  /** The shape that elementwise operations on both have. */
  static List<Long> broadcast(List<Long> one, List<Long> other) {
    int rank = Math.max(one.size(), other.size());
    List<Long> shape = new ArrayList<>();
    for (int place = 0; place < rank; place++) {
      int of = place - rank + one.size();
      int to = place - rank + other.size();
      long a = of < 0 ? 1 : one.get(of);
      long b = to < 0 ? 1 : other.get(to);
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException("%s with %s".formatted(one, other));
      }
      shape.add(a == 1 ? b : a);
    }
    return shape;
  }
}
