package dev.titanic.job.config;

import static java.util.stream.Collectors.joining;

import dev.titanic.placement.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What clients offer to partitions: what their profiles say, and what is assumed where these say
 * nothing. Memory: any partition fits. Flops and bandwidth: those of the slowest that is known; if
 * none is, everybody computes with 1 TFLOPS, and sending costs nothing.
 */
public final class Profiles {
  private static final double FLOPS_PER_TFLOPS = 1e12;
  private static final double ASSUMED_FLOPS = FLOPS_PER_TFLOPS;

  private final List<ClientConfig> clients;

  public Profiles(List<ClientConfig> clients) {
    this.clients = List.copyOf(clients);
  }

  /** In the order of the clients. */
  public List<Offer> offers() {
    double flops = slowest(ClientConfig::flops, ASSUMED_FLOPS);
    double bandwidth = slowest(ClientConfig::bandwidth, Double.POSITIVE_INFINITY);
    return clients.stream()
        .map(
            client ->
                new Offer(
                    client.id(),
                    Objects.requireNonNullElse(client.memory(), Long.MAX_VALUE),
                    Objects.requireNonNullElse(client.flops(), flops).doubleValue(),
                    Objects.requireNonNullElse(client.bandwidth(), bandwidth).doubleValue()))
        .toList();
  }

  /** Whether any client says anything. */
  public boolean areKnown() {
    return haveFlops() || isKnown(ClientConfig::memory) || isKnown(ClientConfig::bandwidth);
  }

  /** Whether any client says how fast it computes; else no time can be predicted. */
  public boolean haveFlops() {
    return isKnown(ClientConfig::flops);
  }

  /** What is assumed of whom, a line each. */
  public List<String> assumptions() {
    double flops = slowest(ClientConfig::flops, ASSUMED_FLOPS);
    double bandwidth = slowest(ClientConfig::bandwidth, Double.POSITIVE_INFINITY);
    List<String> assumptions = new ArrayList<>();
    assume(assumptions, "memory", ClientConfig::memory, "any partition fits");
    assume(
        assumptions,
        "flops",
        ClientConfig::flops,
        String.format(Locale.ROOT, "%.2f TFLOPS, as the slowest", flops / FLOPS_PER_TFLOPS));
    assume(
        assumptions,
        "bandwidth",
        ClientConfig::bandwidth,
        isKnown(ClientConfig::bandwidth)
            ? Bytes.text(Math.round(bandwidth)) + " per second, as the slowest"
            : "sending costs nothing");
    return assumptions;
  }

  private void assume(
      List<String> assumptions,
      String name,
      Function<ClientConfig, @Nullable Long> figure,
      String assumed) {
    String unknown =
        clients.stream()
            .filter(client -> figure.apply(client) == null)
            .map(ClientConfig::id)
            .collect(joining(", "));
    if (!unknown.isEmpty()) {
      assumptions.add(
          "%s of %s: %s".formatted(name, isKnown(figure) ? unknown : "all clients", assumed));
    }
  }

  private boolean isKnown(Function<ClientConfig, @Nullable Long> figure) {
    return clients.stream().anyMatch(client -> figure.apply(client) != null);
  }

  private double slowest(Function<ClientConfig, @Nullable Long> figure, double unknown) {
    return clients.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Long::doubleValue)
        .min()
        .orElse(unknown);
  }
}
