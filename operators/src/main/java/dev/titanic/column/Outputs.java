package dev.titanic.column;

import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RecordType;
import org.apache.flink.util.OutputTag;

/** The edges that leave an operator besides its main output, which goes to the next row. */
public final class Outputs {
  /** To the tail of the feedback edge in a column. */
  public static final OutputTag<Packet> FEEDBACK = new OutputTag<>("feedback", RecordType.PACKET);

  /** To the tail of the feedback edge at the coordinator. */
  public static final OutputTag<Packet> FEEDBACK_SERVER =
      new OutputTag<>("feedback-server", RecordType.PACKET);

  /** From the owner to the last stage. */
  public static final OutputTag<Packet> HEAD = new OutputTag<>("head", RecordType.PACKET);

  /** From the owner to the aggregator. */
  public static final OutputTag<Packet> AGGREGATION =
      new OutputTag<>("aggregation", RecordType.PACKET);

  private Outputs() {}
}
