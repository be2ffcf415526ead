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

  /** Where owners begin to give data to the next step, in the order of {@link #owners}. */
  Map<String, StreamPosition> positions(Hosting hosting, RunState state) {
    Map<String, StreamPosition> positions = new LinkedHashMap<>();
    for (String owner : owners(hosting)) {
      positions.put(owner, plan.turns().position(state.positionOf(owner)));
    }
    return positions;
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

  /**
   * Whether an owner has nothing more to give to this turn. Where turns bound the data anew, one
   * that has given nothing yet is at the end of the turn before.
   */
  private boolean isThrough(String owner, RunState state) {
    Round round = state.round();
    long amount = round.amounts().getOrDefault(owner, 0L);
    return plan.turns().isThrough(state.turn(), state.positionOf(owner), amount)
        && (plan.turns().sharePasses() || round.drawn().containsKey(owner));
  }
}
