package dev.titanic.placement;

import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Profile;
import dev.titanic.schemas.edge.Work;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of clients and links while a run goes on, from what was measured, from what clients
 * say, and from the configuration, in this order.
 */
public final class Estimates {
  private static final double NANOS = 1e9;

  /** Between two hosts of one network; what is measured replaces it. */
  private static final double LATENCY_SECONDS = 0.3e-3;

  private final PlacementSettings settings;
  private final Map<String, Client> configured = new HashMap<>();
  private final Map<String, Profile> profiles = new HashMap<>();
  private final ComputeEstimates compute;
  private final LinkEstimates links = new LinkEstimates();
  private final Presence presence;
  private List<String> known = List.of();
  private long measuredSteps;
  private @Nullable Measured last;

  public Estimates(PlacementSettings settings, InstantSource clock) {
    this.settings = settings;
    this.compute = new ComputeEstimates(settings.demands());
    this.presence = new Presence(clock, settings.silence());
    settings.clients().forEach(client -> configured.put(client.id(), client));
  }

  /** A client says what it offers; one that is not enrolled is not heard. */
  public void add(Profile profile) {
    if (configured.containsKey(profile.client())) {
      profiles.put(profile.client(), profile);
      presence.spoke(profile.client());
    }
  }

  /** A step is over. */
  public void add(Measured measured) {
    measuredSteps = last != null && last.epoch() == measured.epoch() ? measuredSteps + 1 : 1;
    last = measured;
    presence.columns(measured.present());
    List<String> hosts = measured.hosts();
    hosts.forEach(presence::worked);
    forgetWhoIsNew();
    for (int row = 0; row < hosts.size(); row++) {
      Work work = measured.work().get(row);
      if (work.computingNanos() > 0) {
        double seconds = work.computingNanos() / NANOS / settings.microBatches();
        compute.add(row, hosts.get(row), seconds);
      }
      int next = (row + 1) % hosts.size();
      addLink(hosts.get(row), work, hosts.get(next), measured.work().get(next));
    }
  }

  /** The least of a step's micro-batches: what is more was waiting. */
  private void addLink(String from, Work sender, String to, Work receiver) {
    if (from.equals(to)) {
      return;
    }
    List<Long> roundTrips = sender.roundTripNanos();
    List<Long> residences = receiver.residenceNanos();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < Math.min(roundTrips.size(), residences.size()); i++) {
      if (roundTrips.get(i) != Work.UNKNOWN && residences.get(i) != Work.UNKNOWN) {
        least = Math.min(least, Math.max(0, roundTrips.get(i) - residences.get(i)));
      }
    }
    if (least != Long.MAX_VALUE) {
      links.add(from, to, least / NANOS / 2);
    }
  }

  /** Clients that can host now, in alphabetical order. */
  public List<String> present() {
    return presence.present();
  }

  /** One that was gone may have come back as another machine: it is measured anew. */
  private void forgetWhoIsNew() {
    List<String> now = present();
    for (String client : now) {
      if (!known.contains(client)) {
        compute.forget(client);
        links.forget(client);
      }
    }
    known = now;
  }

  /** What is to be decided on; nothing before a step was measured. */
  public Optional<Situation> situation() {
    Measured measured = last;
    if (measured == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Situation(
            measured.epoch(),
            measured.transaction().version() + 1,
            measured.remainingSteps(),
            problem(measured.hosts()),
            measured.hosts(),
            measuredSteps,
            uncertainty(measured.hosts())));
  }

  private PlacementProblem problem(List<String> hosts) {
    List<String> clients =
        Stream.concat(hosts.stream(), present().stream()).distinct().sorted().toList();
    List<Offer> offers = offers(clients);
    Compute seconds = Compute.of(settings.demands(), offers);
    for (int partition = 0; partition < settings.demands().size(); partition++) {
      for (int client = 0; client < clients.size(); client++) {
        SmoothedValue measured = compute.measured(partition, clients.get(client));
        if (measured != null) {
          seconds = seconds.with(partition, client, measured.value());
        }
      }
    }
    Links unmeasured = Links.of(offers, settings.boundaryBytes(), LATENCY_SECONDS);
    ToDoubleBiFunction<String, String> estimated =
        links.estimates(
            (from, to) ->
                LATENCY_SECONDS
                    + settings.boundaryBytes() / Math.min(bandwidth(from), bandwidth(to)));
    Map<Integer, String> fixed = new HashMap<>(settings.fixed());
    fixed.values().retainAll(clients);
    return new PlacementProblem(
        settings.demands(),
        offers,
        seconds,
        unmeasured.withEach(estimated),
        hosts.get(0),
        fixed,
        settings.microBatches(),
        settings.severalPerClient(),
        settings.weights());
  }

  private List<Offer> offers(List<String> clients) {
    double[] rates = compute.rates(clients, this::flops);
    return Stream.iterate(0, i -> i + 1)
        .limit(clients.size())
        .map(
            i ->
                new Offer(
                    clients.get(i), memory(clients.get(i)), rates[i], bandwidth(clients.get(i))))
        .toList();
  }

  private long memory(String client) {
    Client enrolled = configured.get(client);
    if (enrolled != null && enrolled.memoryBytes() != null) {
      return enrolled.memoryBytes();
    }
    Profile profile = profiles.get(client);
    return profile == null ? Long.MAX_VALUE : profile.memoryBytes();
  }

  private @Nullable Double flops(String client) {
    Profile profile = profiles.get(client);
    if (profile != null && profile.flops() > 0) {
      return profile.flops();
    }
    Client enrolled = configured.get(client);
    return enrolled == null ? null : enrolled.flops();
  }

  private double bandwidth(String client) {
    Profile profile = profiles.get(client);
    if (profile != null && profile.bytesPerSecond() > 0) {
      return profile.bytesPerSecond();
    }
    Client enrolled = configured.get(client);
    return enrolled == null || enrolled.bytesPerSecond() == null
        ? Double.POSITIVE_INFINITY
        : enrolled.bytesPerSecond();
  }

  /** Of independent partitions. */
  private double uncertainty(List<String> hosts) {
    double sum = 0;
    for (int partition = 0; partition < hosts.size(); partition++) {
      SmoothedValue seconds = compute.measured(partition, hosts.get(partition));
      if (seconds != null) {
        sum += Math.pow(settings.microBatches() * seconds.error(), 2);
      }
    }
    return Math.sqrt(sum);
  }
}
