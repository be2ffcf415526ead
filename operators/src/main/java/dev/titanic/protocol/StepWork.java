package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the partitions say a step took them, with their acknowledgements of the commit. */
final class StepWork {
  private final List<StepShare> shares;
  private final StepReports reports;
  private final Map<Address, Work> measured = new HashMap<>();

  StepWork(List<StepShare> shares, StepReports reports) {
    this.shares = shares;
    this.reports = reports;
  }

  void add(Address partition, Work work) {
    measured.put(partition, work);
  }

  /**
   * Of every partition: the owners in their order, then the stages.
   *
   * @param stages where they are
   * @param hosts client of every partition, the owner's first
   */
  List<HostedWork> of(List<Address> stages, List<String> hosts) {
    List<HostedWork> work = new ArrayList<>();
    for (StepShare share : shares) {
      int microBatches = reports.of(share).microBatches();
      work.add(new HostedWork(Address.OWNER, share.client(), microBatches, of(share.at())));
    }
    for (Address stage : stages) {
      String client = hosts.get(stage.row());
      work.add(new HostedWork(stage.row(), client, reports.microBatches(), of(stage)));
    }
    return work;
  }

  private Work of(Address partition) {
    return measured.getOrDefault(partition, Work.NONE);
  }
}
