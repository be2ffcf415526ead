package dev.titanic.coordinator;

import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RecordType;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/** What leaves the coordinator for users. */
public final class CoordinatorOutputs {
  /** Records of {@code titanic.progress}, as JSON. */
  public static final OutputTag<String> PROGRESS = new OutputTag<>("progress", Types.STRING);

  /** Profiles and measurements, to the placement. */
  public static final OutputTag<Packet> PLACEMENT = new OutputTag<>("placement", RecordType.PACKET);

  private CoordinatorOutputs() {}
}
