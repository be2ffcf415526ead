package dev.titanic.placement;

import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Profile;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
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
  private final Claims claims;
  private final ComputeEstimates compute;
  private final LinkEstimates links = new LinkEstimates();
  private final Presence presence;
  private List<String> known = List.of();
  private long measuredSteps;
  private @Nullable Measured last;

  public Estimates(PlacementSettings settings, InstantSource clock) {
    this.settings = settings;
    this.claims = new Claims(settings.clients());
    this.compute = new ComputeEstimates(settings.demands());
    this.presence = new Presence(clock, settings.silence());
  }

  /** A client says what it offers; one that is not enrolled is not heard. */
  public void add(Profile profile) {
    if (claims.add(profile)) {
      presence.spoke(profile.client());
    }
  }

  /** A step is over. */
  public void add(Measured measured) {
    measuredSteps = last != null && last.epoch() == measured.epoch() ? measuredSteps + 1 : 1;
    last = measured;
    presence.columns(measured.present());
    measured.work().forEach(hosted -> presence.worked(hosted.client()));
    forgetWhoIsNew();
    for (HostedWork hosted : measured.work()) {
      addCompute(hosted);
      measured.work().stream()
          .filter(
              other -> other.partition() == (hosted.partition() + 1) % settings.demands().size())
          .forEach(other -> addLink(hosted, other));
    }
  }

  private void addCompute(HostedWork hosted) {
    long nanos = hosted.work().computingNanos();
    if (nanos > 0 && hosted.microBatches() > 0) {
      compute.add(hosted.partition(), hosted.client(), nanos / NANOS / hosted.microBatches());
    }
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

  /**
   * The least of the micro-batches that took this way in the step: what is more was waiting. Of
   * several owners, each has its own micro-batches.
   */
  private void addLink(HostedWork sender, HostedWork receiver) {
    if (sender.client().equals(receiver.client())) {
      return;
    }
    Map<Integer, Long> residences = receiver.work().residenceNanos();
    long least = Long.MAX_VALUE;
    for (Map.Entry<Integer, Long> trip : sender.work().roundTripNanos().entrySet()) {
      Long residence = residences.get(trip.getKey());
      if (residence != null) {
        least = Math.min(least, Math.max(0, trip.getValue() - residence));
      }
    }
    if (least != Long.MAX_VALUE) {
      links.add(sender.client(), receiver.client(), least / NANOS / 2);
    }
  }

  /** Whether enough steps were measured under this placement to judge it. */
  public boolean suffice() {
    return measuredSteps >= Situation.FEWEST_STEPS;
  }

  /** Clients that can host now, in alphabetical order. */
  public List<String> present() {
    return presence.present();
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
            problem(measured.hosts(), owners(measured)),
            measured.hosts(),
            measuredSteps,
            uncertainty(measured)));
  }

  private static List<String> owners(Measured measured) {
    return measured.work().stream()
        .filter(hosted -> hosted.partition() == 0)
        .map(HostedWork::client)
        .toList();
  }

  private PlacementProblem problem(List<String> hosts, List<String> owners) {
    List<String> clients =
        Stream.of(owners, hosts, present()).flatMap(List::stream).distinct().sorted().toList();
    ToDoubleFunction<String> speeds = claims.speeds(clients);
    List<Offer> offers =
        clients.stream()
            .map(
                id ->
                    new Offer(
                        id,
                        memoryForStages(id, hosts.get(0)),
                        speeds.applyAsDouble(id),
                        claims.bytesPerSecond(id)))
            .toList();
    Map<Integer, String> fixed = new HashMap<>(settings.fixed());
    fixed.values().retainAll(clients);
    return new PlacementProblem(
        settings.demands(),
        offers,
        computeOn(clients, offers, speeds),
        linksBetween(offers),
        owners,
        fixed,
        settings.microBatches(),
        settings.severalPerClient(),
        settings.weights());
  }

  /** The owner's own partition is among the demands; other owners keep room for theirs. */
  private long memoryForStages(String client, String owner) {
    long memory = claims.memoryBytes(client);
    boolean keepsRoom = claims.keepsRoom(client) && !client.equals(owner);
    return keepsRoom ? Math.max(0, memory - settings.demands().get(0).memoryBytes()) : memory;
  }

  private Compute computeOn(
      List<String> clients, List<Offer> offers, ToDoubleFunction<String> speeds) {
    Compute seconds = Compute.of(settings.demands(), offers);
    for (int partition = 0; partition < settings.demands().size(); partition++) {
      for (int client = 0; client < clients.size(); client++) {
        double estimate = compute.seconds(partition, clients.get(client), speeds);
        seconds = seconds.with(partition, client, estimate);
      }
    }
    return seconds;
  }

  private Links linksBetween(List<Offer> offers) {
    ToDoubleBiFunction<String, String> predicted =
        (from, to) ->
            LATENCY_SECONDS
                + settings.boundaryBytes()
                    / Math.min(claims.bytesPerSecond(from), claims.bytesPerSecond(to));
    return Links.of(offers, settings.boundaryBytes(), LATENCY_SECONDS)
        .withEach(links.estimates(predicted));
  }

  /** Of independent partitions. */
  private double uncertainty(Measured measured) {
    double sum = 0;
    for (HostedWork hosted : measured.work()) {
      SmoothedValue seconds = compute.measured(hosted.partition(), hosted.client());
      if (seconds != null) {
        sum += Math.pow(hosted.microBatches() * seconds.error(), 2);
      }
    }
    return Math.sqrt(sum);
  }
}
