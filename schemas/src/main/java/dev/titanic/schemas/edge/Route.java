package dev.titanic.schemas.edge;

import java.util.Arrays;
import java.util.List;

/**
 * The column of every partition for one transaction: index 0 is the owner, index k is stage k.
 *
 * <p>Stages keep no plan of their own; every record carries the route it belongs to.
 */
public record Route(List<Integer> columns) {
  public Route {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a route has at least the owner's column");
    }
  }

  public static Route of(int... columns) {
    return new Route(Arrays.stream(columns).boxed().toList());
  }

  /** Returns K, the number of stages behind the owner. */
  public int stages() {
    return columns.size() - 1;
  }

  /** Returns where a row runs; a row that is not on the route is an error. */
  public Address at(int row) {
    if (row < 0 || row >= columns.size()) {
      throw new IllegalArgumentException("row " + row + " is not on the route " + columns);
    }
    return new Address(row, columns.get(row));
  }
}
