package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.state.Round;
import dev.titanic.schemas.state.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who plays which part in a transaction: owners, copies of partitions, columns, micro-batches. */
final class Casting {
  private final RunPlan plan;
  private final RollCall rollCall;

  Casting(RunPlan plan, RollCall rollCall) {
    this.plan = plan;
    this.rollCall = rollCall;
  }

  /** What the run is made of. */
  List<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    Concurrency concurrency = plan.concurrency();
    if (concurrency == null) {
      copies.add(Copy.only(Address.OWNER));
    } else {
      concurrency.owners().forEach(owner -> copies.add(Copy.ofOwner(owner)));
    }
    for (int stage = 1; stage <= plan.stages(); stage++) {
      copies.add(Copy.only(stage));
    }
    return copies;
  }

  /** Column where every copy is to be. */
  Map<Copy, Integer> homes(Hosting hosting) {
    Map<Copy, Integer> homes = new LinkedHashMap<>();
    for (Copy copy : copies()) {
      String client = copy.of().isEmpty() ? hosting.hosts().get(copy.partition()) : copy.of();
      homes.put(copy, rollCall.requireColumnOf(client));
    }
    return homes;
  }

  /** All that take part in a step, in the order in which their parts are summed. */
  List<String> owners(Hosting hosting) {
    Concurrency concurrency = plan.concurrency();
    return concurrency == null ? hosting.hosts().subList(0, 1) : concurrency.owners();
  }

  Route routeOfAll(Hosting hosting) {
    return route(owners(hosting), hosting);
  }

  /** With the owner that evaluates and is exported. */
  Route routeOfOne(Hosting hosting) {
    return route(hosting.hosts().subList(0, 1), hosting);
  }

  private Route route(List<String> owners, Hosting hosting) {
    List<String> stages = hosting.hosts().subList(1, hosting.hosts().size());
    return new Route(
        owners.stream().map(rollCall::requireColumnOf).toList(),
        stages.stream().map(rollCall::requireColumnOf).toList());
  }

  /** What every owner gives to the next step, in the order of {@link #owners}. */
  List<StepShare> shares(Hosting hosting, RunState state) {
    List<String> owners = owners(hosting);
    List<String> open = owners.stream().filter(owner -> !isThrough(owner, state)).toList();
    Map<String, List<Integer>> dealt =
        draw(state.round()).deal(open, plan.microBatches(), state.round().drawn());
    List<StepShare> shares = new ArrayList<>();
    for (String owner : owners) {
      StreamPosition before = state.positionOf(owner);
      shares.add(
          new StepShare(
              owner,
              new Address(Address.OWNER, rollCall.requireColumnOf(owner)),
              isThrough(owner, state) ? before : plan.turns().position(before),
              dealt.getOrDefault(owner, List.of())));
    }
    return shares;
  }

  private Draw draw(Round round) {
    Concurrency concurrency = plan.concurrency();
    return concurrency != null && concurrency.proportional()
        ? Draw.proportionalTo(round.amounts())
        : Draw.EQUAL;
  }

  /** Of several owners at once, whether this one has used up its data of the round. */
  private static boolean isThrough(String owner, RunState state) {
    return state.positionOf(owner).isOver() && state.round().drawn().containsKey(owner);
  }
}
