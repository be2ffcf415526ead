package dev.titanic.job.run;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what the partitions of a run say that each step took them. */
final class MeasuredSteps implements Probe {
  private final Map<Long, List<Measured>> byTransaction = new TreeMap<>();

  /** By one partition. */
  record Measured(Address partition, Work work) {}

  @Override
  public synchronized void received(Object record) {
    if (record instanceof Packet packet
        && packet.message() instanceof Acknowledged acknowledged
        && !acknowledged.work().roundTripNanos().isEmpty()) {
      byTransaction
          .computeIfAbsent(acknowledged.transaction().id(), id -> new ArrayList<>())
          .add(new Measured(packet.from(), acknowledged.work()));
    }
  }

  /** Of every step: the owners that sent micro-batches to the first stage. */
  synchronized List<List<Work>> ofOwners() {
    return byTransaction.values().stream()
        .map(
            step ->
                step.stream()
                    .filter(measured -> measured.partition().row() == Address.OWNER)
                    .map(Measured::work)
                    .toList())
        .toList();
  }
}
