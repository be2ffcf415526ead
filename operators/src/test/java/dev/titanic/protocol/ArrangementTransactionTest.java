package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stages 1 and 2 swap their columns, 1 and 2; stage 3 goes from column 0 to 1. */
final class ArrangementTransactionTest {
  private static final Transaction TRANSACTION = new Transaction(7, 5, Route.of(0, 2, 1, 1));

  private final Map<Address, Message> asked = new HashMap<>();
  private final ArrangementTransaction arrangement =
      new ArrangementTransaction(
          TRANSACTION,
          asked::put,
          Map.of(1, 1, 2, 2, 3, 0),
          List.of(1, 2, 3),
          new Hosting(List.of("alice", "carol", "bob", "bob"), "swapped"));

  @Test
  void nobodyDropsItsCopyBeforeAllHaveGotTheirs() {
    arrangement.begin();
    assertThat(asked)
        .containsOnly(
            Map.entry(new Address(1, 2), new Move(TRANSACTION, 1, 1)),
            Map.entry(new Address(2, 1), new Move(TRANSACTION, 2, 2)),
            Map.entry(new Address(3, 1), new Move(TRANSACTION, 3, 0)));

    acknowledge(1, 2);
    acknowledge(3, 1);
    assertThat(asked).hasSize(3);
    acknowledge(2, 1);

    assertThat(asked)
        .containsEntry(new Address(1, 1), new Release(TRANSACTION, 1))
        .containsEntry(new Address(2, 2), new Release(TRANSACTION, 2))
        .containsEntry(new Address(3, 0), new Release(TRANSACTION, 3));
  }

  @Test
  void nobodyLoadsBeforeAllHaveDroppedTheirCopies() {
    arrangement.begin();
    acknowledge(1, 2);
    acknowledge(2, 1);
    acknowledge(3, 1);
    acknowledge(1, 1);
    acknowledge(2, 2);
    assertThat(asked.values()).noneMatch(Load.class::isInstance);
    acknowledge(3, 0);

    assertThat(asked)
        .containsEntry(new Address(1, 2), new Load(TRANSACTION))
        .containsEntry(new Address(2, 1), new Load(TRANSACTION))
        .containsEntry(new Address(3, 1), new Load(TRANSACTION));
    assertThat(acknowledge(1, 2)).isFalse();
    assertThat(acknowledge(2, 1)).isFalse();
    assertThat(acknowledge(3, 1)).isTrue();
  }

  @Test
  void anAcknowledgementThatNobodyWaitsForIsAnError() {
    arrangement.begin();

    assertThatThrownBy(() -> acknowledge(1, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("which waits for moving of");
  }

  private boolean acknowledge(int partition, int column) {
    return arrangement.closes(
        new Address(partition, column), new Acknowledged(TRANSACTION, partition, Work.NONE));
  }
}
