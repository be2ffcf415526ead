package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AggregationTransactionTest {
  private static final Transaction TRANSACTION =
      new Transaction(1, 7, new Route(List.of(0, 1), List.of()));
  private static final List<String> KEYS = List.of("key of alice", "key of bob");

  private final List<Message> sent = new ArrayList<>();

  @Test
  void weighsOwnersByTheirTargets() {
    aggregate(Map.of("alice", 30L, "bob", 10L), KEYS);

    assertThat(sent)
        .extracting(message -> ((Aggregate) message).share())
        .containsExactly(0.75, 0.25);
    assertThat(sent).allMatch(message -> ((Aggregate) message).maskingKeys().equals(KEYS));
  }

  @Test
  void refusesAMeanOverOneThatMasksCannotHide() {
    assertThatThrownBy(() -> aggregate(Map.of("alice", 30L, "bob", 0L), KEYS))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("only alice had data in this round")
        .hasMessageContaining("; valid: ");
    assertThat(sent).isEmpty();
  }

  @Test
  void takesAMeanOverOneWithoutMasks() {
    aggregate(Map.of("alice", 30L), List.of());

    assertThat(sent).extracting(message -> ((Aggregate) message).share()).containsExactly(1.0, 0.0);
  }

  private void aggregate(Map<String, Long> targets, List<String> keys) {
    new AggregationTransaction(
            TRANSACTION,
            (to, message) -> sent.add(message),
            List.of("alice", "bob"),
            targets,
            false,
            keys)
        .begin();
  }
}
