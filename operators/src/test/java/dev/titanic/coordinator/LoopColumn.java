package dev.titanic.coordinator;

import dev.titanic.edge.FrameAssembly;
import dev.titanic.edge.FrameSender;
import dev.titanic.feedback.FeedbackHead;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.serialization.RecordType;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** A column of a small loop: sends every tensor back, and counts the rounds that were committed. */
final class LoopColumn extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<Packet, Packet> {
  private final MailboxExecutor mailbox;
  private final FrameSender sender;
  private final FrameAssembly assembly = new FrameAssembly();
  private final LongCounter committed = new LongCounter();
  private final LongCounter finalCheckpoints = new LongCounter();

  @SuppressWarnings("NullAway.Init") // set in initializeState()
  private transient ListState<PartitionState> state;

  private transient @Nullable FeedbackHead head;
  private long version;
  private boolean finished;

  LoopColumn(StreamOperatorParameters<Packet> parameters) {
    super(parameters);
    this.mailbox = parameters.getMailboxExecutor();
    this.sender =
        new FrameSender(mailbox, 4 << 10, packet -> output.collect(new StreamRecord<>(packet)));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("partition", RecordType.PARTITION_STATE));
    for (PartitionState restored : state.get()) {
      version = restored.version();
    }
  }

  @Override
  public void open() throws Exception {
    getRuntimeContext().addAccumulator("committed-" + address().column(), committed);
    getRuntimeContext().addAccumulator("final-checkpoints", finalCheckpoints);
    head = FeedbackHead.open(getRuntimeContext(), Address.OWNER, mailbox, this::receive);
  }

  private Address address() {
    return new Address(Address.OWNER, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    receive(element.getValue());
  }

  private void receive(Packet packet) {
    assembly.add(packet).ifPresent(this::handle);
  }

  private void handle(Packet packet) {
    InjectedFailures.hit();
    Transaction transaction = packet.message().transaction();
    if (transaction == null || transaction.version() != version) {
      throw new IllegalStateException("version " + version + ": " + packet);
    }
    if (packet.message() instanceof Activation activation) {
      answer(new Gradient(transaction, 0, 0, 1, activation.tensor(), null));
    } else if (packet.message() instanceof Commit) {
      version++;
      answer(new Acknowledged(transaction, 0, Work.NONE));
    }
  }

  private void answer(Message message) {
    sender.send(new Packet(address(), Address.coordinator(), message));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    InjectedFailures.hit();
    if (sender.pending() > 0 || assembly.incomplete() > 0) {
      throw new IllegalStateException("a barrier in round " + version);
    }
    state.update(List.of(new PartitionState(0, "", version, version, "base", List.of())));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    InjectedFailures.hit();
    if (finished) {
      finalCheckpoints.add(1);
    }
  }

  @Override
  public void finish() {
    finished = true;
    committed.add(version);
    if (head != null) {
      head.finished();
    }
  }

  @Override
  public void close() throws Exception {
    if (head != null) {
      head.close();
    }
    super.close();
  }
}
