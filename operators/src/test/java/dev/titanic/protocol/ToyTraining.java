package dev.titanic.protocol;

import dev.titanic.protocol.Simulation.Scenario;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private long skipped;

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
    while (losses.size() < scenario.turns().steps()) {
      long before = losses.size();
      step();
      if (concurrency != null
          && losses.size() > before
          && scenario.turns().endsAfter(losses.size())) {
        endRound(concurrency);
      }
    }
    Map<String, Float> weights = new HashMap<>();
    List<Partition> exported = new ArrayList<>(stages);
    exported.add(owner(scenario.owners().get(0)));
    exported.forEach(p -> p.weights().keySet().forEach(name -> weights.put(name, read(p, name))));
    return new ToyModel.Reference(weights, losses, skipped);
  }

  private OwnerPartition owner(String client) {
    return Objects.requireNonNull(owners.get(client));
  }

  private void step() {
    List<String> active =
        concurrency == null
            ? List.of(scenario.turns().ownerOf(losses.size()))
            : concurrency.owners();
    Draw draw = concurrency == null ? Draw.EQUAL : concurrency.draw();
    Map<String, List<Integer>> dealt = draw.deal(active, scenario.microBatches(), drawn);
    Map<Integer, String> ownerOf = new TreeMap<>();
    dealt.forEach((owner, indices) -> indices.forEach(index -> ownerOf.put(index, owner)));

    Map<String, Double> lossOf = new HashMap<>();
    ownerOf.forEach((index, owner) -> lossOf.merge(owner, microBatch(owner, index), Double::sum));

    SquaredNorms norms = SquaredNorms.NONE;
    double loss = 0;
    for (String owner : active) {
      loss += lossOf.getOrDefault(owner, 0.0);
      if (concurrency != null) {
        drawn.merge(owner, (long) Objects.requireNonNull(dealt.get(owner)).size(), Long::sum);
      }
      norms = norms.plus(owner(owner).squaredNorms());
    }
    if (!Double.isFinite(norms.total())) {
      skipped++;
      stages.forEach(Partition::discard);
      active.forEach(owner -> owner(owner).discard());
      return;
    }
    commit(active, dealt, ownerOf.size());
    losses.add(loss / ownerOf.size());
  }

  private double microBatch(String client, int index) {
    MicroBatch id = new MicroBatch(losses.size(), index);
    OwnerPartition owner = owner(client);
    TokenBatch batch = ToyModel.batch(client, offsets.merge(client, 1L, Long::sum) - 1);
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

  private void commit(List<String> active, Map<String, List<Integer>> dealt, int targets) {
    boolean average = concurrency != null && concurrency.averagesWeights() && active.size() > 1;
    if (!average) {
      sumGradients(active);
    }
    stages.forEach(stage -> stage.commit(1.0 / targets, 1));
    for (String client : active) {
      int own = Objects.requireNonNull(dealt.get(client)).size();
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
        sum += readGradient(owner(client), name);
      }
      for (String client : active) {
        owner(client).writeGradient(name, 0, bytes((float) sum));
      }
    }
  }

  private void endRound(Concurrency several) {
    drawn.clear();
    if (!several.averagesWeights()) {
      return;
    }
    long all = targetsOfRound.values().stream().mapToLong(Long::longValue).sum();
    for (String name : owner(several.owners().get(0)).weights().keySet()) {
      double mean = 0;
      for (String client : several.owners()) {
        mean += (double) targetsOfRound.getOrDefault(client, 0L) / all * read(owner(client), name);
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
