package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Holding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RollCallTest {
  private final RollCall rollCall = new RollCall(2, List.of("alice", "bob"));

  @Test
  void isCompleteWhenEverySubtaskOfEveryColumnIsThere() {
    announce(0, 0, "bob", "p1");
    announce(1, 0, "bob", "p1");
    announce(0, 1, "alice", "p2");
    assertThat(rollCall.complete()).isFalse();

    announce(1, 1, "alice", "p2", new Holding(1, "", 7));

    assertThat(rollCall.complete()).isTrue();
    assertThat(rollCall.requireColumnOf("alice")).isEqualTo(1);
    assertThat(rollCall.clients()).containsExactly("alice", "bob");
    assertThat(rollCall.holdersOf(Copy.only(1))).containsExactly(new RollCall.Holder(1, 7));
    assertThat(rollCall.holdersOf(Copy.only(0))).isEmpty();
  }

  @Test
  void refusesAClientThatIsNotEnrolled() {
    assertThatThrownBy(() -> announce(0, 0, "mallory", "p1"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContainingAll("mallory", "[alice, bob]");
  }

  @Test
  void refusesAClientWithTwoColumns() {
    announce(0, 0, "alice", "p1");

    assertThatThrownBy(() -> announce(0, 1, "alice", "p2"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContainingAll("alice", "two columns, 0 and 1");
  }

  @Test
  void refusesAColumnThatIsTornOverTwoTaskManagers() {
    announce(0, 0, "alice", "p1");

    assertThatThrownBy(() -> announce(1, 0, "alice", "p2"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("torn");
  }

  @Test
  void refusesASecondAnnouncement() {
    announce(0, 0, "alice", "p1");

    assertThatThrownBy(() -> announce(0, 0, "alice", "p1"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("twice");
  }

  private void announce(int row, int column, String client, String process, Holding... held) {
    rollCall.add(new Address(row, column), new Announcement(client, process, 2, List.of(held), ""));
  }
}
