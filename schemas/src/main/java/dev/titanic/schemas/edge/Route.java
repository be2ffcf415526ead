package dev.titanic.schemas.edge;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The column of every partition for one transaction. Stages keep no plan of their own; every record
 * carries the route it belongs to.
 *
 * @param owners columns of the owners that take part, each with a copy of the first partition; the
 *     order is that in which their shares are summed
 * @param stageColumns column of stage 1..K
 */
public record Route(List<Integer> owners, List<Integer> stageColumns) {
  public Route {
    owners = List.copyOf(owners);
    stageColumns = List.copyOf(stageColumns);
    if (owners.isEmpty() || owners.stream().distinct().count() != owners.size()) {
      throw new IllegalArgumentException("owners in columns " + owners);
    }
  }

  /** A route with one owner. */
  public static Route of(int owner, int... stages) {
    return new Route(List.of(owner), Arrays.stream(stages).boxed().toList());
  }

  /** Returns K, the number of stages behind the owners. */
  public int stages() {
    return stageColumns.size();
  }

  /**
   * Returns where a row runs. A row that is not on the route is an error, and so is the owners' row
   * when there are several.
   */
  public Address at(int row) {
    if (row < 0 || row > stages()) {
      throw new IllegalArgumentException("row " + row + " is not on the route " + this);
    }
    if (row > Address.OWNER) {
      return new Address(row, stageColumns.get(row - 1));
    }
    if (owners.size() > 1) {
      throw new IllegalArgumentException("the route has owners in columns " + owners);
    }
    return new Address(Address.OWNER, owners.get(0));
  }

  /** Returns the owner in a column, which must be one of this route's. */
  public Address owner(int column) {
    if (!owners.contains(column)) {
      throw new IllegalArgumentException("column " + column + " is no owner of the route " + this);
    }
    return new Address(Address.OWNER, column);
  }

  /** Every partition: the owners in their order, then the stages. */
  public List<Address> all() {
    return Stream.concat(owners.stream().map(this::owner), stagePartitions().stream()).toList();
  }

  /** Stage 1..K. */
  public List<Address> stagePartitions() {
    return IntStream.rangeClosed(1, stages()).mapToObj(this::at).toList();
  }

  public boolean includes(Address address) {
    return all().contains(address);
  }

  @Override
  public String toString() {
    return owners + "→" + stageColumns;
  }
}
