package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.protocol.RunJournal.OwnerReport;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of each owner of a step. */
final class StepReportsTest {
  private static final Transaction TRANSACTION =
      new Transaction(1, 0, new Route(List.of(2, 0, 1), List.of(3)));
  private static final List<StepShare> SHARES =
      List.of(share("alice", 2), share("bob", 0), share("carol", 1));

  private final StepReports reports = new StepReports(SHARES);

  @Test
  void tellsInTheOrderOfTheOwnersWhatEachGave() {
    add("carol", 12, 6, 8, 1);
    add("alice", 30, 10, 16, 2);
    add("bob", 10, 10, 16, 2);

    assertThat(reports.byOwner())
        .containsExactly(
            new OwnerReport("alice", 3, 10, 16, 2),
            new OwnerReport("bob", 1, 10, 16, 2),
            new OwnerReport("carol", 2, 6, 8, 1));
    assertThat(reports.microBatches()).isEqualTo(5);
  }

  @Test
  void doesNotTellOfAnOwnerThatGaveNothing() {
    add("alice", 30, 10, 16, 2);
    add("bob", 0, 0, 0, 0);
    add("carol", 12, 6, 8, 1);

    assertThat(reports.byOwner()).extracting(OwnerReport::client).containsExactly("alice", "carol");
  }

  @Test
  void tellsWhatTheStepTookEveryOwnerAndEveryStage() {
    add("alice", 30, 10, 16, 2);
    add("bob", 0, 0, 0, 0);
    add("carol", 12, 6, 8, 1);
    StepWork work = new StepWork(SHARES, reports);
    work.add(new Address(1, 3), work(7));
    work.add(new Address(Address.OWNER, 2), work(5));
    work.add(new Address(Address.OWNER, 1), work(6));

    assertThat(work.of(TRANSACTION.route().stagePartitions(), List.of("alice", "dave")))
        .containsExactly(
            new HostedWork(0, "alice", 2, work(5)),
            new HostedWork(0, "bob", 0, Work.NONE),
            new HostedWork(0, "carol", 1, work(6)),
            new HostedWork(1, "dave", 3, work(7)));
  }

  private void add(String client, double lossSum, long targets, long tokens, int microBatches) {
    Address from =
        SHARES.stream()
            .filter(share -> share.client().equals(client))
            .map(StepShare::at)
            .findFirst()
            .orElseThrow();
    reports.add(
        from,
        new Prepared(
            TRANSACTION,
            Vote.COMMIT,
            lossSum,
            targets,
            tokens,
            microBatches,
            StreamPosition.BEGINNING,
            SquaredNorms.NONE,
            SquaredNorms.NONE,
            0));
  }

  private static Work work(long nanos) {
    return new Work(nanos, nanos, 3 * nanos, 0, Map.of(), Map.of());
  }

  private static StepShare share(String client, int column) {
    return new StepShare(
        client, new Address(Address.OWNER, column), StreamPosition.BEGINNING, List.of());
  }
}
