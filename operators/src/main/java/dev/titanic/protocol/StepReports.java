package dev.titanic.protocol;

import dev.titanic.protocol.RunJournal.OwnerReport;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the owners of a step report. Sums are in the order of the owners, whoever reports first. */
final class StepReports {
  private final List<StepShare> shares;
  private final Map<Address, Prepared> reports = new HashMap<>();

  StepReports(List<StepShare> shares) {
    this.shares = shares;
  }

  /** Returns false when this owner has reported before. */
  boolean add(Address from, Prepared report) {
    return reports.putIfAbsent(from, report) == null;
  }

  boolean has(Address owner) {
    return reports.containsKey(owner);
  }

  boolean complete() {
    return reports.size() == shares.size();
  }

  private Stream<Prepared> inOrder() {
    return shares.stream().map(this::of);
  }

  Prepared of(StepShare share) {
    return Objects.requireNonNull(reports.get(share.at()));
  }

  boolean anyIs(Vote vote) {
    return reports.values().stream().anyMatch(report -> report.vote() == vote);
  }

  double lossSum() {
    double sum = 0;
    for (StepShare share : shares) {
      sum += of(share).lossSum();
    }
    return sum;
  }

  long targets() {
    return sum(Prepared::targets);
  }

  long tokens() {
    return sum(Prepared::tokens);
  }

  /** Micro-batches of all owners. */
  int microBatches() {
    return (int) sum(Prepared::microBatches);
  }

  long rejected() {
    return sum(Prepared::rejected);
  }

  private long sum(ToLongFunction<Prepared> count) {
    return inOrder().mapToLong(count).sum();
  }

  /** Squared norms of the gradients accumulated at the stages; one of the owners has them. */
  SquaredNorms stageNorms() {
    return inOrder().map(Prepared::stageNorms).reduce(SquaredNorms.NONE, SquaredNorms::plus);
  }

  /** What each owner gave, without those that gave nothing. */
  List<OwnerReport> byOwner() {
    return shares.stream()
        .filter(share -> of(share).targets() > 0)
        .map(share -> report(share.client(), of(share)))
        .toList();
  }

  private static OwnerReport report(String client, Prepared report) {
    return new OwnerReport(
        client,
        report.lossSum() / report.targets(),
        report.targets(),
        report.tokens(),
        report.microBatches());
  }

  /** Reports in the order of the owners. */
  List<Prepared> all() {
    return inOrder().toList();
  }

  Map<String, StreamPosition> next() {
    return byClient(share -> of(share).next());
  }

  Map<String, Long> targetsByClient() {
    return byClient(share -> of(share).targets());
  }

  private <T> Map<String, T> byClient(Function<StepShare, T> value) {
    Map<String, T> byClient = new LinkedHashMap<>();
    shares.forEach(share -> byClient.put(share.client(), value.apply(share)));
    return byClient;
  }
}
