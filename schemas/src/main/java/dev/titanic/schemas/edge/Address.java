package dev.titanic.schemas.edge;

/**
 * One cell of the placement matrix: the subtask of a column that runs a row.
 *
 * @param row {@link #AGGREGATOR}, {@link #PLACEMENT}, {@link #COORDINATOR}, {@link #OWNER}, or the
 *     index 1..K of a stage
 * @param column the subtask index; a column is one client
 */
public record Address(int row, int column) {
  public static final int AGGREGATOR = -3;
  public static final int PLACEMENT = -2;
  public static final int COORDINATOR = -1;
  public static final int OWNER = 0;

  public Address {
    if (row < AGGREGATOR) {
      throw new IllegalArgumentException("row " + row + " is below " + AGGREGATOR);
    }
    if (column < 0) {
      throw new IllegalArgumentException("column " + column + " is negative");
    }
  }

  public static Address coordinator() {
    return new Address(COORDINATOR, 0);
  }

  public static Address placement() {
    return new Address(PLACEMENT, 0);
  }

  public static Address aggregator() {
    return new Address(AGGREGATOR, 0);
  }

  @Override
  public String toString() {
    return switch (row) {
      case AGGREGATOR -> "aggregator";
      case PLACEMENT -> "placement";
      case COORDINATOR -> "coordinator";
      case OWNER -> "owner@" + column;
      default -> "stage-" + row + "@" + column;
    };
  }
}
