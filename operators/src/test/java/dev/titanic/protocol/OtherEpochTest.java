package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Pull;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stage 1 moves from column 1 to column 2; what belongs to the time before is an error after. */
final class OtherEpochTest {
  private static final Address OLD_HOST = new Address(1, 1);
  private static final Address NEW_HOST = new Address(1, 2);
  private static final Transaction LOADED = new Transaction(1, 0, Route.of(0, 1));
  private static final Transaction BEFORE = new Transaction(2, 0, Route.of(0, 1));
  private static final Transaction MOVE = new Transaction(3, 0, Route.of(0, 2));
  private static final Transaction AFTER = new Transaction(4, 0, Route.of(0, 2));

  private final List<Message> sentByOld = new ArrayList<>();
  private final List<Message> sentByNew = new ArrayList<>();
  private final ToyModel model = new ToyModel(1);
  private final StageProtocol oldHost =
      new StageProtocol(OLD_HOST, model, (to, message) -> sentByOld.add(message));
  private final StageProtocol newHost =
      new StageProtocol(NEW_HOST, model, (to, message) -> sentByNew.add(message));

  @BeforeEach
  void move() {
    oldHost.on(Address.coordinator(), new Load(LOADED));
    oldHost.on(new Address(0, 0), activation(BEFORE));
    oldHost.on(new Address(0, 0), gradient(BEFORE));
    oldHost.on(Address.coordinator(), new Abort(BEFORE));
    newHost.on(Address.coordinator(), new Move(MOVE, 1, OLD_HOST.column()));
    for (Message pull : List.copyOf(sentByNew)) {
      oldHost.on(NEW_HOST, pull);
    }
    newHost.on(OLD_HOST, sentByOld.get(sentByOld.size() - 1));
    oldHost.on(Address.coordinator(), new Release(MOVE, 1));
    newHost.on(Address.coordinator(), new Load(MOVE));
    assertThat(sentByNew).last().isInstanceOf(Acknowledged.class);
  }

  @Test
  void theNewHostWorksAndTheOldOneHoldsNothing() {
    newHost.on(new Address(0, 0), activation(AFTER));

    assertThat(sentByNew).last().isInstanceOf(Activation.class);
    assertThat(oldHost.held()).isEmpty();
    assertThat(oldHost.snapshot()).isNull();
  }

  static List<Message> late() {
    return List.of(
        activation(BEFORE),
        gradient(BEFORE),
        new Commit(BEFORE, 1, 1),
        new Abort(BEFORE),
        new Pull(BEFORE, 0),
        new Load(BEFORE),
        new Move(BEFORE, 1, 0),
        new Release(BEFORE, 1),
        new Chunk(BEFORE, 0, 1, 0, ToyModel.tensor(1)));
  }

  @ParameterizedTest
  @MethodSource("late")
  void whatBelongsToThePlaceBeforeIsAnErrorAtBothHosts(Message message) {
    for (StageProtocol host : List.of(oldHost, newHost)) {
      assertThatThrownBy(() -> host.on(new Address(0, 0), message))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void aStepThatIsRoutedToTheOldHostIsAnError() {
    Transaction wrong = new Transaction(5, 0, Route.of(0, 1));

    assertThatThrownBy(() -> oldHost.on(new Address(0, 0), activation(wrong)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("no partition loaded");
    assertThatThrownBy(() -> newHost.on(new Address(0, 0), activation(wrong)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("got transaction");
  }

  private static Activation activation(Transaction transaction) {
    return new Activation(transaction, 0, 1, true, ToyModel.tensor(3));
  }

  private static Gradient gradient(Transaction transaction) {
    return new Gradient(transaction, 0, 1, ToyModel.tensor(5), null);
  }
}
