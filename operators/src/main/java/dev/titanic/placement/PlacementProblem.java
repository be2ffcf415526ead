package dev.titanic.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Partitions that need hosts, and clients that offer themselves (paper, section V).
 *
 * <p>Partition 0 (embedding, first blocks, head) is on the owner in any case and counts against the
 * owner's memory; partition k is stage k. Clients are known by their index among the offers. Of
 * several owners at once each has a partition 0 and as many micro-batches, in rotation, and the
 * stages have those of all; offers of all but the first leave room for their partition 0.
 *
 * @param demands of the owner's partition and of each stage, in order
 * @param compute for the same demands and offers
 * @param links for the same offers
 * @param owners clients whose data is trained on in the same step; several share the stages
 * @param fixed stages whose host is not to be chosen: stage to client
 * @param microBatches per step, of each owner
 * @param severalPerClient whether a client may host several partitions, as far as its memory goes;
 *     else at most one, and the first owner no stage
 * @param weights of the paper's match distance
 */
public record PlacementProblem(
    List<Demand> demands,
    List<Offer> offers,
    Compute compute,
    Links links,
    List<String> owners,
    Map<Integer, String> fixed,
    int microBatches,
    boolean severalPerClient,
    Weights weights) {
  private static final double LEAST_DISTANCE = 1e-12;

  public PlacementProblem {
    demands = List.copyOf(demands);
    offers = List.copyOf(offers);
    owners = List.copyOf(owners);
    fixed = Map.copyOf(fixed);
    if (demands.isEmpty()) {
      throw new IllegalArgumentException("no partitions");
    }
    if (microBatches < 1) {
      throw new IllegalArgumentException("%d micro-batches".formatted(microBatches));
    }
    Set<String> clients = new HashSet<>();
    for (Offer offer : offers) {
      if (!clients.add(offer.client())) {
        throw new IllegalArgumentException(offer.client() + " offers itself twice");
      }
    }
    if (owners.isEmpty() || new HashSet<>(owners).size() < owners.size()) {
      throw new IllegalArgumentException("owners " + owners);
    }
    for (String owner : owners) {
      if (!clients.contains(owner)) {
        throw new IllegalArgumentException("the owner " + owner + " is not among the clients");
      }
    }
    for (Map.Entry<Integer, String> entry : fixed.entrySet()) {
      int stage = entry.getKey();
      if (stage < 1 || stage >= demands.size()) {
        throw new IllegalArgumentException(
            "stage %d is fixed, of %d stages".formatted(stage, demands.size() - 1));
      }
      if (!clients.contains(entry.getValue())) {
        throw new IllegalArgumentException(
            "stage %d is fixed on %s, which is not among the clients"
                .formatted(stage, entry.getValue()));
      }
    }
    if (!compute.isFor(demands, offers) || !links.isFor(offers)) {
      throw new IllegalArgumentException("compute or link times of another problem");
    }
  }

  /** One owner, nothing measured, nothing fixed, one partition per client, equal weights. */
  public static PlacementProblem of(
      List<Demand> demands, List<Offer> offers, Links links, String owner, int microBatches) {
    return new PlacementProblem(
        demands,
        offers,
        Compute.of(demands, offers),
        links,
        List.of(owner),
        Map.of(),
        microBatches,
        false,
        Weights.EQUAL);
  }

  /** The first owner. */
  public String owner() {
    return owners.get(0);
  }

  /** How many micro-batches of a step go through a partition. */
  public int microBatchesAt(int partition) {
    return partition == 0 ? microBatches : owners.size() * microBatches;
  }

  /** K. */
  public int stages() {
    return demands.size() - 1;
  }

  /**
   * Index of a client among the offers.
   *
   * @throws IllegalArgumentException when there is no such client
   */
  public int client(String id) {
    for (int client = 0; client < offers.size(); client++) {
      if (offers.get(client).client().equals(id)) {
        return client;
      }
    }
    throw new IllegalArgumentException(id + " is not among the clients");
  }

  /** The paper's D: seconds in which a client sends and receives all of a partition's tensors. */
  public double transmissionSeconds(int partition, int client) {
    return microBatchesAt(partition)
        * (demands.get(partition).trafficBytes() / offers.get(client).bytesPerSecond());
  }

  /** The paper's T: seconds that a client computes for a partition in a step. */
  public double trainingSeconds(int partition, int client) {
    return microBatchesAt(partition) * compute.seconds(partition, client);
  }

  /** The paper's A = 1 / (a D + b T), memory apart. */
  public double affinity(int partition, int client) {
    return affinity(distance(partition, client));
  }

  private double distance(int partition, int client) {
    return weights.distance() * transmissionSeconds(partition, client)
        + weights.time() * trainingSeconds(partition, client);
  }

  /** The paper's d of one partition on every client. */
  double[] distances(int partition) {
    double[] distances = compute.row(partition);
    int count = microBatchesAt(partition);
    double time = weights.time() * count;
    double traffic = weights.distance() * count * demands.get(partition).trafficBytes();
    for (int client = 0; client < distances.length; client++) {
      distances[client] = time * distances[client] + traffic / offers.get(client).bytesPerSecond();
    }
    return distances;
  }

  /** What costs nothing is close, but not infinitely so. */
  static double affinity(double distance) {
    return 1 / Math.max(distance, LEAST_DISTANCE);
  }

  /** Sum of the affinities between stages and their hosts: what the paper maximises. */
  double affinity(int[] hosts) {
    double sum = 0;
    for (int stage = 1; stage < hosts.length; stage++) {
      sum += affinity(stage, hosts[stage]);
    }
    return sum;
  }
}
