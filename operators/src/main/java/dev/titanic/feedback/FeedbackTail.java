package dev.titanic.feedback;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Last operator of the feedback edge: hands every packet to the operator of its row in this column.
 *
 * <p>It must be co-located with those operators, so that they share a slot and a JVM.
 */
final class FeedbackTail extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Packet, Void> {
  private final int firstRow;
  private final int lastRow;
  private final Map<Integer, WritableChannel> channels = new HashMap<>();

  FeedbackTail(StreamOperatorParameters<Void> parameters, int firstRow, int lastRow) {
    super(parameters);
    this.firstRow = firstRow;
    this.lastRow = lastRow;
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    Packet packet = element.getValue();
    requireHere(packet.to());
    channels.computeIfAbsent(packet.to().row(), this::channel).put(packet);
  }

  private void requireHere(Address to) {
    int column = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    if (to.column() != column || to.row() < firstRow || to.row() > lastRow) {
      throw new IllegalStateException(
          "a packet to %s arrived at the feedback tail of column %d, rows %d to %d"
              .formatted(to, column, firstRow, lastRow));
    }
  }

  private WritableChannel channel(int row) {
    return FeedbackChannels.writable(ChannelKey.of(getRuntimeContext(), row));
  }

  /** Every head was opened before its output could end, so what nobody claimed now is lost. */
  @Override
  public void finish() {
    channels.forEach(
        (row, channel) -> {
          int lost = channel.abandon();
          if (lost > 0) {
            throw new IllegalStateException(
                lost + " packets to row " + row + ", which has no head in this slot");
          }
        });
  }

  @Override
  public void close() throws Exception {
    channels.values().forEach(WritableChannel::abandon);
    super.close();
  }
}
