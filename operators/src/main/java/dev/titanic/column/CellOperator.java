package dev.titanic.column;

import dev.titanic.edge.FrameAssembly;
import dev.titanic.edge.FrameSender;
import dev.titanic.feedback.FeedbackHead;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.torch.Devices;
import dev.titanic.protocol.Edge;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.PartitionStateSerializer;
import dev.titanic.schemas.state.PartitionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One cell of the placement matrix: runs a {@link PartitionProtocol} between the edges of a row.
 *
 * <p>What comes down the forward edges is an input record, what comes back is a mail; mails run
 * first, so a gradient is served before an activation.
 */
public abstract class CellOperator extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<Packet, Packet> {
  private final int row;
  private final int stages;
  private final MailboxExecutor mailbox;

  private transient Address self;
  private transient ListState<PartitionState> state;
  private transient List<PartitionState> restored;
  private transient PartitionProtocol protocol;
  private transient FrameSender sender;
  private transient FrameAssembly assembly;
  private transient FeedbackHead feedback;
  private transient WorkMeter meter;
  private transient CellMetrics shown;
  private transient ArtificialDelay delay;
  private transient boolean proceeding;

  /**
   * @param row {@link Address#OWNER} or the index of a stage
   * @param stages K
   */
  @SuppressWarnings(
      "NullAway.Init") // Flink calls initializeState() and open() before anything else
  protected CellOperator(StreamOperatorParameters<Packet> parameters, int row, int stages) {
    super(parameters);
    this.row = row;
    this.stages = stages;
    this.mailbox = parameters.getMailboxExecutor();
  }

  /** Makes the state machine of this cell, in its column's TaskManager. */
  protected abstract PartitionProtocol protocol(
      Address self, ClientIdentity client, ComputeDevice device, Outbox outbox);

  /** How much longer every pass is to take on this client than it does. */
  protected Duration delay(ClientIdentity client) {
    return Duration.ZERO;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("partition", PartitionStateSerializer.INSTANCE));
    restored = new ArrayList<>();
    state.get().forEach(restored::add);
    state.clear();
  }

  @Override
  public void open() throws Exception {
    super.open();
    self = new Address(row, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    ClientIdentity client = ClientIdentity.of(getRuntimeContext());
    assembly = new FrameAssembly();
    sender = new FrameSender(mailbox, FrameSender.DEFAULT_FRAME_BYTES, this::emit);
    protocol = protocol(self, client, device(), this::send);
    restored.forEach(protocol::restore);
    restored.clear();
    meter = new WorkMeter(System::nanoTime);
    shown = CellMetrics.register(getRuntimeContext(), meter, protocol::microBatchesInFlight);
    delay = new ArtificialDelay(delay(client));
    feedback = FeedbackHead.openTimed(getRuntimeContext(), row, mailbox, this::mailed);
    mailbox.execute(() -> announce(client), "announcement");
  }

  private ComputeDevice device() {
    return Accelerator.choose(
        getRuntimeContext().getExternalResourceInfos(Accelerator.RESOURCE), Devices::gpus, row);
  }

  private void announce(ClientIdentity client) {
    send(
        Address.coordinator(),
        new Announcement(
            client.id(),
            client.process(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
            protocol.held(),
            protocol.maskingKey()));
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    Packet packet = element.getValue();
    if (packet.to().equals(self)) {
      assembly.add(packet).ifPresent(this::taken);
    } else {
      sender.send(packet);
    }
  }

  private void taken(Packet packet) {
    meter.taken(packet.message());
    serve(packet);
  }

  private void mailed(Packet packet, long arrivedAt) {
    Optional<Packet> whole = assembly.add(packet);
    if (whole.isPresent()) {
      meter.mailed(whole.get().message(), arrivedAt);
      serve(whole.get());
    }
  }

  private void serve(Packet packet) {
    Message message = packet.message();
    Failures.orderly(() -> meter.serve(message, () -> protocol.on(packet.from(), message)));
    shown.show();
    proceedLater();
  }

  private void proceedLater() {
    if (!proceeding && protocol.mayProceed()) {
      proceeding = true;
      mailbox.execute(this::proceed, "next micro-batch");
    }
  }

  private void proceed() {
    proceeding = false;
    Failures.orderly(() -> meter.forward(protocol::proceed));
    shown.show();
    proceedLater();
  }

  private void send(Address to, Message message) {
    delay.after(message);
    meter.leaves(message);
    Packet packet = new Packet(self, to, withWork(message));
    if (to.equals(self)) {
      long now = System.nanoTime();
      mailbox.execute(() -> mailed(packet, now), "own message");
    } else {
      sender.send(packet);
    }
  }

  private Message withWork(Message message) {
    return message instanceof Acknowledged acknowledged
        ? acknowledged.withWork(meter.workOf(acknowledged.transaction()))
        : message;
  }

  private void emit(Packet packet) {
    meter.sent(packet.message());
    StreamRecord<Packet> element = new StreamRecord<>(packet);
    switch (Edge.of(self, packet.to(), packet.message(), stages)) {
      case FORWARD -> output.collect(element);
      case HEAD -> output.collect(Outputs.HEAD, element);
      case FEEDBACK -> output.collect(Outputs.FEEDBACK, element);
      case AGGREGATION -> output.collect(Outputs.AGGREGATION, element);
      case FEEDBACK_SERVER -> output.collect(Outputs.FEEDBACK_SERVER, element);
      case PLACEMENT, SELF -> throw new IllegalStateException(packet + " does not leave " + self);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (assembly.incomplete() > 0 || sender.pending() > 0) {
      throw new IllegalStateException(
          "%s has %d incomplete messages and %d frames to send at a snapshot"
              .formatted(self, assembly.incomplete(), sender.pending()));
    }
    state.update(protocol.snapshot());
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    feedback.finished();
  }

  @Override
  public void close() throws Exception {
    if (feedback != null) {
      feedback.close();
    }
    if (protocol != null) {
      protocol.close();
    }
    super.close();
  }
}
