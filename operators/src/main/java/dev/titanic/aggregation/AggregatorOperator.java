package dev.titanic.aggregation;

import dev.titanic.column.Failures;
import dev.titanic.edge.FrameAssembly;
import dev.titanic.edge.FrameSender;
import dev.titanic.protocol.AggregatorProtocol;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs the {@link AggregatorProtocol}: pieces of the owners' first partitions come in, sums go out
 * to the feedback edge. It has no state, because a barrier finds it empty.
 */
final class AggregatorOperator extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<Packet, Packet> {
  private final MailboxExecutor mailbox;

  private transient AggregatorProtocol protocol;
  private transient FrameAssembly assembly;
  private transient FrameSender sender;

  @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
  AggregatorOperator(StreamOperatorParameters<Packet> parameters) {
    super(parameters);
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    assembly = new FrameAssembly();
    sender = new FrameSender(mailbox, FrameSender.DEFAULT_FRAME_BYTES, this::emit);
    protocol = new AggregatorProtocol(this::send);
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    assembly.add(element.getValue()).ifPresent(this::handle);
  }

  private void handle(Packet packet) {
    Failures.orderly(() -> protocol.on(packet.from(), packet.message()));
  }

  private void send(Address to, Message message) {
    sender.send(new Packet(Address.aggregator(), to, message));
  }

  private void emit(Packet packet) {
    output.collect(new StreamRecord<>(packet));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (!protocol.idle() || assembly.incomplete() > 0 || sender.pending() > 0) {
      throw new IllegalStateException("a snapshot within an aggregation");
    }
  }
}
