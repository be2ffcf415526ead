package dev.titanic.coordinator;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/** What leaves the coordinator for users. */
public final class CoordinatorOutputs {
  /** Records of {@code titanic.progress}, as JSON. */
  public static final OutputTag<String> PROGRESS = new OutputTag<>("progress", Types.STRING);

  private CoordinatorOutputs() {}
}
