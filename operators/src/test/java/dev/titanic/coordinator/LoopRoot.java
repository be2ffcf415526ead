package dev.titanic.coordinator;

import dev.titanic.edge.FrameAssembly;
import dev.titanic.edge.FrameSender;
import dev.titanic.edge.Packets;
import dev.titanic.feedback.FeedbackHead;
import dev.titanic.feedback.Watchdog;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.serialization.RecordType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Root of a small loop: sends a tensor to every column, gets it back, commits the round over the
 * feedback edge, and begins the next one when all have acknowledged.
 */
final class LoopRoot extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<Long, Packet> {
  static final OutputTag<Packet> FEEDBACK = new OutputTag<>("feedback", RecordType.PACKET);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int columns;
  private final MailboxExecutor mailbox;
  private final FrameSender sender;
  private final FrameAssembly assembly = new FrameAssembly();
  private final LongCounter rounds = new LongCounter();

  @SuppressWarnings("NullAway.Init") // set in initializeState()
  private transient ListState<Long> state;

  @SuppressWarnings("NullAway.Init") // set in open()
  private transient StopSignal signal;

  private transient @Nullable FeedbackHead head;
  private transient @Nullable Watchdog watchdog;
  private long round;
  private long begunAt;
  private int outstanding;
  private boolean draining;
  private boolean finished;

  LoopRoot(StreamOperatorParameters<Packet> parameters, int columns) {
    super(parameters);
    this.columns = columns;
    this.mailbox = parameters.getMailboxExecutor();
    this.sender = new FrameSender(mailbox, 4 << 10, this::emit);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("round", Types.LONG));
    for (long restored : state.get()) {
      round = restored;
    }
  }

  @Override
  public void open() throws Exception {
    signal = StopSignal.take();
    getRuntimeContext().addAccumulator("rounds", rounds);
    head = FeedbackHead.open(getRuntimeContext(), Address.COORDINATOR, mailbox, this::receive);
    watchdog = Watchdog.start(mailbox, Duration.ofMillis(10), this::requireProgress);
    mailbox.execute(this::advance, "first round");
  }

  @Override
  public void processElement(StreamRecord<Long> element) {}

  private void requireProgress() {
    if (outstanding > 0 && System.nanoTime() - begunAt > PATIENCE.toNanos()) {
      throw new IllegalStateException("nothing came back in round " + round);
    }
  }

  private void advance() {
    if (draining || outstanding > 0) {
      return;
    }
    if (InjectedFailures.over()) {
      signal.stop();
      return;
    }
    begunAt = System.nanoTime();
    broadcast(new Activation(transaction(), 0, 0, 1, true, tensor(round)));
  }

  private void broadcast(Message message) {
    outstanding = columns;
    for (int column = 0; column < columns; column++) {
      Address to = new Address(Address.OWNER, column);
      sender.send(new Packet(Address.coordinator(), to, message));
    }
  }

  private void receive(Packet packet) {
    assembly.add(packet).ifPresent(this::handle);
  }

  private void handle(Packet packet) {
    InjectedFailures.hit();
    if (!transaction().equals(packet.message().transaction()) || outstanding == 0) {
      throw new IllegalStateException("round " + round + " is over: " + packet);
    }
    outstanding--;
    if (packet.message() instanceof Gradient) {
      requireSame(packet);
      if (outstanding == 0) {
        broadcast(new Commit(transaction(), 1, 1));
      }
    } else if (packet.message() instanceof Acknowledged && outstanding == 0) {
      round++;
      advance();
    }
  }

  private void requireSame(Packet packet) {
    Packet sent =
        new Packet(
            packet.to(),
            packet.from(),
            new Activation(transaction(), 0, 0, 1, true, tensor(round)));
    if (!Arrays.equals(Packets.content(packet), Packets.content(sent))) {
      throw new IllegalStateException("the tensor of round " + round + " came back changed");
    }
  }

  private Transaction transaction() {
    return new Transaction(round, round, Route.of(0));
  }

  private static TensorData tensor(long round) {
    byte[] bytes = new byte[20_000];
    new Random(round).nextBytes(bytes);
    return TensorData.of(TensorSpec.of(ElementType.FLOAT32, 5, 1000), bytes);
  }

  private void emit(Packet packet) {
    if (packet.message() instanceof Commit) {
      output.collect(FEEDBACK, new StreamRecord<>(packet));
    } else {
      output.collect(new StreamRecord<>(packet));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    if (finished) {
      return;
    }
    draining = true;
    while (outstanding > 0) {
      mailbox.yield();
    }
    draining = false;
    mailbox.execute(this::advance, "next round");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    InjectedFailures.hit();
    if (outstanding > 0 || sender.pending() > 0 || assembly.incomplete() > 0) {
      throw new IllegalStateException("a barrier in round " + round);
    }
    state.update(List.of(round));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    InjectedFailures.arm(getRuntimeContext().getTaskInfo().getAttemptNumber());
  }

  @Override
  public void finish() {
    finished = true;
    rounds.add(round);
    if (head != null) {
      head.finished();
    }
  }

  @Override
  public void close() throws Exception {
    if (watchdog != null) {
      watchdog.close();
    }
    if (head != null) {
      head.close();
    }
    super.close();
  }
}
