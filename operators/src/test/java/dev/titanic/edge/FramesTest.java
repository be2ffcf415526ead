package dev.titanic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static final Address OWNER = new Address(0, 0);

  private final TestingMailbox mailbox = new TestingMailbox();
  private final List<Packet> sent = new ArrayList<>();
  private final FrameSender sender = new FrameSender(mailbox, 16, sent::add);
  private final FrameAssembly assembly = new FrameAssembly();

  @Test
  void aMessageWithinOneFrameIsSentAsItIs() {
    Packet packet = Packets.activation(OWNER, 0, new byte[16]);

    sender.send(packet);

    assertThat(sent).containsExactly(packet);
    assertThat(mailbox.size()).isZero();
    assertThat(assembly.add(packet)).contains(packet);
  }

  @Test
  void anEmptyTensorIsOneFrame() {
    Packet packet = Packets.activation(OWNER, 0, new byte[0]);

    sender.send(packet);

    assertThat(sent).containsExactly(packet);
    assertThat(assembly.add(packet)).contains(packet);
  }

  @Test
  void aMailIsServedBetweenTwoFrames() {
    List<Integer> sentBeforeTheGradient = new ArrayList<>();
    mailbox.execute(() -> sentBeforeTheGradient.add(sent.size()), "a gradient that waits");

    sender.send(Packets.activation(OWNER, 0, new byte[40]));
    assertThat(sender.pending()).isEqualTo(2);
    mailbox.runAll();

    assertThat(sentBeforeTheGradient).containsExactly(1);
    assertThat(sent).hasSize(3);
    assertThat(sender.pending()).isZero();
  }

  @Test
  void aMessageNeverOvertakesTheFramesBeforeIt() {
    sender.send(Packets.activation(OWNER, 0, new byte[40]));
    sender.send(Packets.abort(OWNER));
    sender.send(Packets.activation(OWNER, 1, new byte[20]));
    mailbox.runAll();

    assertThat(sent.stream().flatMap(packet -> assembly.add(packet).stream()))
        .extracting(packet -> packet.message().getClass().getSimpleName())
        .containsExactly("Activation", "Abort", "Activation");
    assertThat(assembly.incomplete()).isZero();
  }

  @Test
  void interleavedFramesOfManySendersAreAssembledBitForBit() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<Integer, byte[]> contents = new HashMap<>();
      List<Queue<Packet>> channels = new ArrayList<>();
      for (int channel = 0; channel < 5; channel++) {
        Queue<Packet> frames = new ArrayDeque<>();
        FrameSender ofChannel = new FrameSender(mailbox, 1 + random.nextInt(50), frames::add);
        for (int m = 0; m < 4; m++) {
          byte[] bytes = new byte[2 * random.nextInt(200)];
          random.nextBytes(bytes);
          // two channels of each sender: one sender's messages interleave too
          int microBatch = 10 * channel + m;
          contents.put(microBatch, bytes);
          ofChannel.send(Packets.activation(new Address(0, channel / 2), microBatch, bytes));
        }
        mailbox.runAll();
        channels.add(frames);
      }

      List<Packet> whole = new ArrayList<>();
      while (!channels.isEmpty()) {
        int channel = random.nextInt(channels.size());
        Packet next = channels.get(channel).poll();
        if (next == null) {
          channels.remove(channel);
        } else {
          assembly.add(next).ifPresent(whole::add);
        }
      }

      assertThat(assembly.incomplete()).as("seed %d", seed).isZero();
      assertThat(whole).as("seed %d", seed).hasSameSizeAs(contents.keySet());
      for (Packet packet : whole) {
        assertThat(Packets.content(packet))
            .isEqualTo(contents.get(((Activation) packet.message()).microBatch()));
      }
    }
  }

  @Test
  void assemblingCopiesNothing() {
    byte[] bytes = new byte[40];
    sender.send(Packets.activation(OWNER, 0, bytes));
    mailbox.runAll();

    Packet whole = sent.stream().flatMap(packet -> assembly.add(packet).stream()).toList().get(0);
    Arrays.fill(bytes, (byte) 7);

    assertThat(Packets.content(whole)).isEqualTo(bytes);
  }

  @Test
  void aMissingFrameIsAnError() {
    sender.send(Packets.activation(OWNER, 0, new byte[40]));
    mailbox.runAll();
    assembly.add(sent.get(0));

    assertThatThrownBy(() -> assembly.add(sent.get(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Activation from owner@0 to stage-1@0: "
                + "frame BFLOAT16[20]+32:8 where byte 16 of BFLOAT16[20] was expected");
    assertThat(assembly.incomplete()).isEqualTo(1);
  }

  @Test
  void aFrameThatComesTwiceIsAnError() {
    sender.send(Packets.activation(OWNER, 0, new byte[40]));
    assembly.add(sent.get(0));

    assertThatThrownBy(() -> assembly.add(sent.get(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("where byte 16");
  }

  @Test
  void aFrameOfAnotherTensorIsAnError() {
    sender.send(Packets.activation(OWNER, 0, new byte[40]));
    assembly.add(sent.get(0));
    sent.clear();
    mailbox.runAll();
    sent.clear();
    sender.send(Packets.activation(OWNER, 0, new byte[60]));
    mailbox.runAll();

    assertThatThrownBy(() -> assembly.add(sent.get(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("frame BFLOAT16[30]+16:16 where byte 16 of BFLOAT16[20]");
  }

  @Test
  void framesNeedAByte() {
    assertThatThrownBy(() -> new FrameSender(mailbox, 0, sent::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frames of 0 bytes");
  }
}
