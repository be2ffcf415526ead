package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Holding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is there and who holds what, before the first transaction of an attempt. A subtask's index
 * says nothing: after a restart Flink deals them anew.
 */
final class RollCall {
  private final int rows;
  private final List<String> enrolled;
  private final Set<Address> present = new HashSet<>();
  private final Map<Integer, String> processOfColumn = new HashMap<>();
  private final Map<String, Integer> columnOfClient = new HashMap<>();
  private final Map<Copy, List<Holder>> holders = new HashMap<>();

  /** By column of the owner; empty for one that does not mask. */
  private final Map<Integer, String> maskingKeys = new HashMap<>();

  private int columns;

  /** A column that holds a copy of a partition, and at which version. */
  record Holder(int column, long version) {}

  RollCall(int rows, List<String> enrolled) {
    this.rows = rows;
    this.enrolled = enrolled;
  }

  void add(Address from, Announcement announcement) {
    if (columns == 0) {
      columns = announcement.parallelism();
    }
    if (columns != announcement.parallelism() || !present.add(from)) {
      throw new ProtocolException(from + " announced itself twice or with another parallelism");
    }
    String client = announcement.client();
    if (!enrolled.contains(client)) {
      throw new ProtocolException(
          "the TaskManager of column %d is client '%s', which is not one of %s"
              .formatted(from.column(), client, enrolled));
    }
    Integer column = columnOfClient.putIfAbsent(client, from.column());
    if (column != null && column != from.column()) {
      throw new ProtocolException(
          "client '%s' has two columns, %d and %d: is its id given to two TaskManagers?"
              .formatted(client, column, from.column()));
    }
    String process = client + " in process " + announcement.process();
    String other = processOfColumn.putIfAbsent(from.column(), process);
    if (other != null && !other.equals(process)) {
      throw new ProtocolException(
          "column %d is torn over two TaskManagers: %s and %s"
              .formatted(from.column(), other, process));
    }
    if (from.row() == Address.OWNER) {
      maskingKeys.put(from.column(), announcement.maskingKey());
    }
    for (Holding holding : announcement.held()) {
      holders
          .computeIfAbsent(
              new Copy(holding.partition(), holding.copyOf()), copy -> new ArrayList<>())
          .add(new Holder(from.column(), holding.version()));
    }
  }

  boolean complete() {
    return columns > 0 && present.size() == columns * rows;
  }

  /** Column of a client that is present. */
  int requireColumnOf(String client) {
    Integer column = columnOfClient.get(client);
    if (column == null) {
      throw new ProtocolException("client '%s' has no column".formatted(client));
    }
    return column;
  }

  /** Clients that have a column, in the order of the configuration. */
  List<String> clients() {
    return enrolled.stream().filter(columnOfClient::containsKey).toList();
  }

  List<Holder> holdersOf(Copy copy) {
    return holders.getOrDefault(copy, List.of());
  }

  /**
   * Masking keys of the owners in these columns, in their order; none when they do not mask.
   *
   * @throws ProtocolException when only some of them do
   */
  List<String> maskingKeysOf(List<Integer> columns) {
    List<String> keys =
        columns.stream()
            .map(column -> maskingKeys.getOrDefault(column, ""))
            .filter(key -> !key.isEmpty())
            .toList();
    if (!keys.isEmpty() && keys.size() < columns.size()) {
      throw new ProtocolException(
          "%d of the owners in columns %s mask what they give".formatted(keys.size(), columns));
    }
    return keys;
  }

  /** Whether owners mask what they give. */
  boolean masks() {
    return maskingKeys.values().stream().anyMatch(key -> !key.isEmpty());
  }

  /** All that somebody holds. */
  Set<Copy> held() {
    return holders.keySet();
  }

  @Override
  public String toString() {
    return "announcements of %d of %s subtasks"
        .formatted(present.size(), columns == 0 ? "unknown" : columns * rows);
  }
}
