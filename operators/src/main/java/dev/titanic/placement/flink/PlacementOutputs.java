package dev.titanic.placement.flink;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/** What leaves the placement for users; its main output goes to the coordinator. */
public final class PlacementOutputs {
  /** Records of {@code titanic.placements}, as JSON. */
  public static final OutputTag<String> DECISIONS = new OutputTag<>("decisions", Types.STRING);

  private PlacementOutputs() {}
}
