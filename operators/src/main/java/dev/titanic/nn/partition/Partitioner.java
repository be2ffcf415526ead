package dev.titanic.nn.partition;

import dev.titanic.nn.Cut;
import dev.titanic.nn.partition.HostChoice.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cuts a model such that the slowest partition is as fast as it can be, under the memory of every
 * client. Embedding, first blocks and head are the owner's; a stage is a run of consecutive blocks.
 *
 * <p>Only speed depends on the cut, never a result: every cut trains to the same bits.
 */
public final class Partitioner {
  private final ModelCost model;
  private final int ownerBlocks;

  /**
   * @param ownerBlocks blocks at the owner when there are stages
   */
  public Partitioner(ModelCost model, int ownerBlocks) {
    this.model = model;
    this.ownerBlocks = ownerBlocks;
  }

  /**
   * Cuts for stages whose hosts are given. Without profiles, or with several stages on one host,
   * blocks are dealt evenly. Where memory does not suffice, the cut is the one in which the largest
   * lack is smallest; whether it fits is for the caller to see.
   *
   * @param hosts of the stages, in order
   * @throws dev.titanic.nn.ModelException when there are more stages than blocks
   */
  public Cut cut(List<Host> hosts) {
    Cut even = Cut.even(model.blocks().size(), ownerBlocks, hosts.size());
    boolean areDistinct = hosts.stream().map(Host::id).distinct().count() == hosts.size();
    if (hosts.isEmpty() || !areDistinct || hosts.stream().noneMatch(Host::isProfiled)) {
      return even;
    }
    Stages stages = new Stages(model, ownerBlocks, hosts.size(), hosts);
    Segments segments = new Segments(stages.blocks(), hosts.size());
    Segments.Cost lacks = (stage, first, end) -> stages.lack(hosts.get(stage), first, end);
    Segments.Cost times = (stage, first, end) -> stages.time(hosts.get(stage), first, end);
    double lack = segments.leastMaximum(lacks);
    double slowest = segments.leastMaximum(onlyWhere(lacks, lack, times));
    List<Integer> sizes = new ArrayList<>(List.of(ownerBlocks));
    sizes.addAll(
        segments.leastSum(
            onlyWhere(
                lacks,
                lack,
                onlyWhere(
                    times,
                    slowest,
                    (stage, first, end) -> Math.pow(times.of(stage, first, end) / slowest, 2)))));
    return new Cut(sizes);
  }

  private static Segments.Cost onlyWhere(Segments.Cost limited, double limit, Segments.Cost cost) {
    return (stage, first, end) ->
        Segments.isAtMost(limited.of(stage, first, end), limit)
            ? cost.of(stage, first, end)
            : Double.POSITIVE_INFINITY;
  }

  /**
   * Chooses how many stages there are, and who hosts them: so many that the slowest partition, the
   * owner's among them, is as fast as it can be, and no more. When nothing fits, all candidates, as
   * far as there are blocks for them.
   *
   * @param owner who begins; its own partition is all that it hosts
   * @return hosts in the order of stages
   */
  public List<Host> chooseHosts(Host owner, List<Host> candidates) {
    int most = Math.min(candidates.size(), Math.max(0, model.blocks().size() - ownerBlocks));
    Choice best = new Choice(candidates.subList(0, most), Double.POSITIVE_INFINITY);
    for (int count = 1; count <= most; count++) {
      Optional<Choice> choice = choose(owner, candidates, count);
      if (choice.isPresent() && !Segments.isAtMost(best.slowest(), choice.get().slowest())) {
        best = choice.get();
      }
    }
    return best.hosts();
  }

  /**
   * Chooses who hosts so many stages, such that the slowest partition, the owner's among them, is
   * as fast as it can be.
   *
   * @return hosts in the order of stages; empty when the memory suffices for no cut
   */
  public Optional<List<Host>> chooseHosts(Host owner, List<Host> candidates, int stages) {
    return choose(owner, candidates, stages).map(Choice::hosts);
  }

  /** The owner's own time counts too, and every owner needs room for the owner's partition. */
  private Optional<Choice> choose(Host owner, List<Host> candidates, int count) {
    PartitionCost own = model.owner(ownerBlocks, count);
    boolean someLackRoom =
        Stream.concat(Stream.of(owner), candidates.stream().filter(Host::owns))
            .anyMatch(host -> host.lack(own.memory()) > 0);
    if (someLackRoom) {
      return Optional.empty();
    }
    List<Host> everybody = Stream.concat(Stream.of(owner), candidates.stream()).toList();
    Stages stages = new Stages(model, ownerBlocks, count, everybody);
    double ownTime = own.flops() / stages.speed(owner);
    return HostChoice.of(stages, candidates)
        .map(choice -> new Choice(choice.hosts(), Math.max(ownTime, choice.slowest())));
  }
}
