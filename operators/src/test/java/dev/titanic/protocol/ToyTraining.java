package dev.titanic.protocol;

import dev.titanic.protocol.Simulation.Scenario;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The training of a {@link ToyModel} in one place, written as a loop: what a run must come to. */
final class ToyTraining {
  private final Scenario scenario;
  private final @Nullable Concurrency concurrency;
  private final List<StagePartition> stages = new ArrayList<>();

  /** Partition of each owner: the same one for all that take turns. */
  private final Map<String, OwnerPartition> owners = new LinkedHashMap<>();

  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Long> drawn = new HashMap<>();
  private final Map<String, Long> targetsOfRound = new HashMap<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Long> turnEnds = new ArrayList<>();
  private long skipped;
  private int turn;
  private long stepsOfTurn;

  /** Micro-batches that an owner has left of its whole epochs; of one that has begun them. */
  private final Map<String, Long> left = new HashMap<>();

  /** Who was asked for more than it had left. */
  private final Set<String> over = new HashSet<>();

  ToyTraining(Scenario scenario) {
    this.scenario = scenario;
    this.concurrency = scenario.concurrency();
    ToyModel model = new ToyModel(scenario.stages());
    for (int stage = 1; stage <= scenario.stages(); stage++) {
      stages.add(model.stage(stage, null));
    }
    OwnerPartition only = model.owner(null);
    scenario
        .owners()
        .forEach(owner -> owners.put(owner, concurrency == null ? only : model.owner(null)));
  }

  ToyModel.Reference run() {
    while (turn < scenario.turns().rounds() * scenario.turns().owners().size()) {
      step();
    }
    Map<String, Float> weights = new HashMap<>();
    List<Partition> exported = new ArrayList<>(stages);
    exported.add(owner(scenario.owners().get(0)));
    exported.forEach(p -> p.weights().keySet().forEach(name -> weights.put(name, read(p, name))));
    return new ToyModel.Reference(weights, losses, skipped, turnEnds);
  }

  private boolean isInEpochs() {
    return epochs() > 0;
  }

  private double epochs() {
    return scenario.turns().epochsPerTurn().doubleValue();
  }

  /** Whether turns share the passes over the data. */
  private boolean isInParts() {
    return epochs() != Math.rint(epochs());
  }

  /** Whether an owner has given its part of all turns so far; parts in these tests are exact. */
  private boolean hasGivenItsPart(String owner) {
    int round = 1 + turn / scenario.turns().owners().size();
    return offsets.getOrDefault(owner, 0L) >= epochs() * round * ToyModel.size(owner);
  }

  private OwnerPartition owner(String client) {
    return Objects.requireNonNull(owners.get(client));
  }

  private void step() {
    List<String> active = active();
    Map<Integer, String> ownerOf = passOver(take(active));
    if (!ownerOf.isEmpty()) {
      Map<String, Double> lossOf = new HashMap<>();
      ownerOf.forEach((index, owner) -> lossOf.merge(owner, microBatch(owner, index), Double::sum));
      if (isFinite(active)) {
        double loss = 0;
        for (String owner : active) {
          loss += lossOf.getOrDefault(owner, 0.0);
        }
        commit(active, ownerOf);
        losses.add(loss / ownerOf.size());
        stepsOfTurn++;
      } else {
        skipped++;
        stages.forEach(Partition::discard);
        active.forEach(owner -> owner(owner).discard());
      }
    }
    if (turnEnds(active)) {
      endTurn();
    }
  }

  private boolean turnEnds(List<String> active) {
    if (isInParts()) {
      return active.stream().allMatch(this::hasGivenItsPart);
    }
    return isInEpochs() ? over.containsAll(active) : stepsOfTurn == scenario.turns().stepsPerTurn();
  }

  private List<String> active() {
    List<String> inTurn = scenario.turns().owners();
    return concurrency == null ? List.of(inTurn.get(turn % inTurn.size())) : concurrency.owners();
  }

  /** Owner of every micro-batch of a step, by its index. */
  private Map<Integer, String> take(List<String> active) {
    List<String> open =
        active.stream()
            .filter(
                owner ->
                    isInParts()
                        ? !hasGivenItsPart(owner)
                        : !over.contains(owner) || !drawn.containsKey(owner))
            .toList();
    Map<String, Long> amounts = new HashMap<>();
    active.forEach(owner -> amounts.put(owner, (long) ToyModel.size(owner)));
    Draw draw =
        concurrency != null && concurrency.proportional()
            ? Draw.proportionalTo(amounts)
            : Draw.EQUAL;
    Map<Integer, String> asked = new TreeMap<>();
    draw.deal(open, scenario.microBatches(), drawn)
        .forEach((owner, indices) -> indices.forEach(index -> asked.put(index, owner)));
    Map<Integer, String> taken = new TreeMap<>();
    Map<String, Long> counts = new HashMap<>();
    for (String owner : asked.values()) {
      counts.putIfAbsent(owner, 0L);
      if (has(owner)) {
        taken.put(taken.size(), owner);
        counts.merge(owner, 1L, Long::sum);
      }
    }
    counts.forEach((owner, count) -> drawn.merge(owner, count, Long::sum));
    return taken;
  }

  /** Whether an owner has one more; it is taken then. */
  private boolean has(String owner) {
    if (!isInEpochs()) {
      return true;
    }
    double epochs = isInParts() ? Math.ceil(epochs() * scenario.turns().rounds()) : epochs();
    long available = left.computeIfAbsent(owner, begins -> (long) (epochs * ToyModel.size(owner)));
    if (available == 0) {
      over.add(owner);
      return false;
    }
    left.put(owner, available - 1);
    return true;
  }

  /** Masks would hide nothing in a sum over one. */
  private Map<Integer, String> passOver(Map<Integer, String> taken) {
    boolean hidesNothing =
        scenario.masked()
            && concurrency != null
            && concurrency.sumsGradients()
            && taken.values().stream().distinct().count() == 1;
    if (!hidesNothing) {
      return taken;
    }
    taken.values().forEach(owner -> offsets.merge(owner, 1L, Long::sum));
    return Map.of();
  }

  private boolean isFinite(List<String> active) {
    SquaredNorms norms = SquaredNorms.NONE;
    for (String owner : active) {
      norms = norms.plus(owner(owner).squaredNorms());
    }
    return Double.isFinite(norms.total());
  }

  private void endTurn() {
    if (stepsOfTurn > 0) {
      turnEnds.add((long) losses.size());
    }
    turn++;
    stepsOfTurn = 0;
    if (!isInParts()) {
      left.clear();
      over.clear();
      drawn.clear();
    }
    if (concurrency != null && concurrency.averagesWeights()) {
      average(concurrency);
    }
  }

  private double microBatch(String client, int index) {
    MicroBatch id = new MicroBatch(losses.size(), index);
    OwnerPartition owner = owner(client);
    long taken = offsets.merge(client, 1L, Long::sum) - 1;
    TokenBatch batch = ToyModel.batch(client, isInEpochs() ? taken % ToyModel.size(client) : taken);
    TensorData hidden = owner.forward(id, batch, true);
    for (StagePartition stage : stages) {
      hidden = stage.forward(id, hidden, true);
    }
    HeadResult result = owner.head(id, hidden, batch, true);
    TensorData gradient = Objects.requireNonNull(result.gradient());
    for (int stage = stages.size() - 1; stage >= 0; stage--) {
      gradient = stages.get(stage).backward(id, gradient);
    }
    owner.backward(id, gradient);
    return result.lossSum();
  }

  private void commit(List<String> active, Map<Integer, String> ownerOf) {
    boolean average = concurrency != null && concurrency.averagesWeights() && active.size() > 1;
    if (!average) {
      sumGradients(active);
    }
    int targets = ownerOf.size();
    stages.forEach(stage -> stage.commit(1.0 / targets, 1));
    for (String client : active) {
      int own = Collections.frequency(ownerOf.values(), client);
      if (average && own == 0) {
        owner(client).discard();
      } else {
        owner(client).commit(1.0 / (average ? own : targets), 1);
      }
      targetsOfRound.merge(client, (long) own, Long::sum);
    }
  }

  private void sumGradients(List<String> active) {
    if (active.size() == 1) {
      return;
    }
    for (String name : owner(active.get(0)).weights().keySet()) {
      double sum = 0;
      for (String client : active) {
        sum += summand(readGradient(owner(client), name));
      }
      for (String client : active) {
        owner(client).writeGradient(name, 0, bytes((float) sum));
      }
    }
  }

  private void average(Concurrency several) {
    if (targetsOfRound.isEmpty()) {
      return;
    }
    long all = targetsOfRound.values().stream().mapToLong(Long::longValue).sum();
    for (String name : owner(several.owners().get(0)).weights().keySet()) {
      double mean = 0;
      for (String client : several.owners()) {
        double share = (double) targetsOfRound.getOrDefault(client, 0L) / all;
        mean += summand(share * read(owner(client), name));
      }
      for (OwnerPartition owner : owners.values()) {
        owner.write(name, 0, bytes((float) mean));
      }
    }
    if (several.resetOptimizer()) {
      owners.values().forEach(Partition::resetOptimizer);
    }
    targetsOfRound.clear();
  }

  /** As it is, or as masks need it: both are multiples of a unit that float64 adds exactly. */
  private double summand(double value) {
    return scenario.masked() ? Math.rint(value * 0x1p36) * 0x1p-36 : value;
  }

  private static float read(Partition partition, String name) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    partition.read(name, 0, bytes);
    return bytes.getFloat(0);
  }

  private static float readGradient(Partition partition, String name) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    partition.readGradient(name, 0, bytes);
    return bytes.getFloat(0);
  }

  private static ByteBuffer bytes(float value) {
    return ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).flip();
  }
}
