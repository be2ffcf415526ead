package dev.titanic.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.edge.Packets;
import dev.titanic.edge.TestingMailbox;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Packet;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FeedbackChannelTest {
  private final ChannelKey key = new ChannelKey(new JobID(), 1, "slot", 0, 0);
  private final List<Packet> received = new ArrayList<>();
  private final Packet first = Packets.abort(new Address(2, 0));
  private final Packet second = Packets.abort(new Address(2, 1));

  @AfterEach
  void noChannelIsLeft() {
    assertThat(FeedbackChannels.openChannels()).isZero();
  }

  @Test
  void whatArrivesEarlyIsKeptInOrder() {
    WritableChannel tail = FeedbackChannels.writable(key);
    tail.put(first);
    tail.put(second);

    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(received::add);
      assertThat(received).containsExactly(first, second);
      tail.put(first);
      assertThat(received).containsExactly(first, second, first);
    }
  }

  @Test
  void aSecondHeadIsRefused() {
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      assertThatThrownBy(() -> FeedbackChannels.readable(key))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a second head for row 1, column 0, attempt 0");
      head.register(received::add);
      assertThatThrownBy(() -> head.register(received::add))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("feedback channel is OPEN: row 1, column 0, attempt 0");
    }
  }

  @Test
  void aSecondTailIsRefused() {
    WritableChannel tail = FeedbackChannels.writable(key);

    assertThatThrownBy(() -> FeedbackChannels.writable(key))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a second tail for row 1, column 0, attempt 0");
    assertThat(tail.abandon()).isZero();
  }

  @Test
  void everyPartOfTheKeySeparatesChannels() {
    List<ChannelKey> keys =
        List.of(
            key,
            new ChannelKey(new JobID(), 1, "slot", 0, 0),
            new ChannelKey(key.job(), 2, "slot", 0, 0),
            new ChannelKey(key.job(), 1, "another slot", 0, 0),
            new ChannelKey(key.job(), 1, "slot", 1, 0),
            new ChannelKey(key.job(), 1, "slot", 0, 1));

    List<WritableChannel> tails = keys.stream().map(FeedbackChannels::writable).toList();

    assertThat(FeedbackChannels.openChannels()).isEqualTo(keys.size());
    tails.forEach(WritableChannel::abandon);
  }

  @Test
  void aRecordAfterTheEndIsAnError() {
    WritableChannel tail = FeedbackChannels.writable(key);
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(received::add);
      head.finished();

      assertArrivesAfterTheEnd(tail);
    }
    assertArrivesAfterTheEnd(tail);
    assertThat(received).isEmpty();
  }

  @Test
  void adviceMayComeAfterTheEnd() {
    WritableChannel tail = FeedbackChannels.writable(key);
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(received::add);
      head.finished();

      tail.put(
          new Packet(
              Address.placement(),
              Address.coordinator(),
              new Proposal(0, List.of("bob"), "bob is faster", 1, 0.001, 64)));
    }
    assertThat(received).isEmpty();
  }

  private void assertArrivesAfterTheEnd(WritableChannel tail) {
    assertThatThrownBy(() -> tail.put(first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Abort arrived after the end at row 1, column 0, attempt 0");
  }

  @Test
  void aRecordForAHeadThatFailedIsDropped() {
    WritableChannel tail = FeedbackChannels.writable(key);
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(received::add);
    }

    assertThatCode(() -> tail.put(first)).doesNotThrowAnyException();
    assertThat(tail.abandon()).isZero();
    assertThat(received).isEmpty();
  }

  @Test
  void aRecordForAMailboxThatIsClosingIsDropped() {
    TestingMailbox mailbox = new TestingMailbox();
    WritableChannel tail = FeedbackChannels.writable(key);
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(packet -> mailbox.execute(() -> received.add(packet), "feedback"));
      mailbox.close();

      assertThatCode(() -> tail.put(first)).doesNotThrowAnyException();
    }
  }

  @Test
  void anAbandonedChannelCountsWhatNobodyReads() {
    WritableChannel tail = FeedbackChannels.writable(key);
    tail.put(first);
    tail.put(second);

    assertThat(tail.abandon()).isEqualTo(2);
    assertThat(tail.abandon()).isZero();
  }

  @Test
  void aTailCannotAbandonTheChannelOfAHead() {
    WritableChannel tail = FeedbackChannels.writable(key);
    try (ReadableChannel head = FeedbackChannels.readable(key)) {
      head.register(received::add);
      assertThat(tail.abandon()).isZero();
      tail.put(first);
    }
    assertThat(received).containsExactly(first);
  }
}
