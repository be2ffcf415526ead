package dev.titanic.protocol;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Moves of stages that somebody asks for by name, checked against what there is. */
final class OrderedMoves {
  private final RunPlan plan;
  private final List<String> present;

  /**
   * @param present clients that can host now, in the order of the configuration
   */
  OrderedMoves(RunPlan plan, List<String> present) {
    this.plan = plan;
    this.present = present;
  }

  /**
   * Returns the client of every partition after the moves.
   *
   * @param hosts client of every partition before, the owner's first
   * @param moves client by the stage's name
   */
  List<String> apply(List<String> hosts, Map<String, String> moves) throws RefusedOrder {
    List<String> after = new ArrayList<>(hosts);
    for (Map.Entry<String, String> move : moves.entrySet()) {
      after.set(stage(move.getKey()), client(move.getValue()));
    }
    for (String client : moves.values()) {
      List<Integer> hosted = Hosting.partitionsOf(client, after);
      if (!plan.memory().fits(client, hosted)) {
        throw new RefusedOrder(plan.memory().describe(client, hosted));
      }
    }
    return after;
  }

  private int stage(String name) throws RefusedOrder {
    for (int stage = 1; stage <= plan.stages(); stage++) {
      if (Hosting.name(stage).equals(name)) {
        return stage;
      }
    }
    throw new RefusedOrder(
        "no stage '%s'; valid: %s"
            .formatted(
                name,
                plan.stages() == 0
                    ? "none, there are no stages"
                    : "stage-1 to stage-" + plan.stages()));
  }

  private String client(String id) throws RefusedOrder {
    if (!present.contains(id)) {
      throw new RefusedOrder(
          "%s '%s'; valid: %s"
              .formatted(
                  plan.clients().contains(id) ? "no column of client" : "no client",
                  id,
                  present.stream().collect(joining(", "))));
    }
    return id;
  }
}
