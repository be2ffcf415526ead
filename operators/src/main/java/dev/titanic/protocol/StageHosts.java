package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.state.RunState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which client should host every stage, and why, whether it is there or not. */
final class StageHosts {
  /** The reason when somebody asked for these hosts by name. */
  static final String ORDERED = "as ordered";

  private final int stages;
  private List<String> hosts;
  private String reason;
  private @Nullable Solved solved;

  /** As the configuration has it, or as the run that is restored had it or was to have it. */
  StageHosts(RunPlan plan, RunState restored) {
    this.stages = plan.stages();
    if (restored.hosts().isEmpty()) {
      hosts = plan.stageHosts();
      reason = "as configured";
    } else {
      hosts = restored.hosts().subList(1, restored.hosts().size());
      reason = "as before the restart";
    }
    if (hosts.size() != stages) {
      throw new ProtocolException(
          "the run was saved with stages: %d, the configuration says %d; restore with the same"
              .formatted(hosts.size(), stages));
    }
    if (!restored.orders().stageHosts().isEmpty()) {
      want(restored.orders().stageHosts(), ORDERED);
    }
  }

  void want(List<String> stageHosts, String why) {
    if (stageHosts.size() != stages) {
      throw new IllegalArgumentException(stageHosts.size() + " hosts for " + stages);
    }
    hosts = List.copyOf(stageHosts);
    reason = why;
    solved = null;
  }

  void want(Proposal proposal) {
    want(proposal.stageHosts(), proposal.reason());
    solved = Solved.of(proposal);
  }

  /** What the next owner hosts is the last owner's from now on. */
  void swap(String last, String next) {
    hosts = hosts.stream().map(host -> host.equals(next) ? last : host).toList();
  }

  /** With the owner in front of them. */
  Hosting with(String owner) {
    List<String> all = new ArrayList<>();
    all.add(owner);
    all.addAll(hosts);
    return new Hosting(all, reason, solved);
  }
}
