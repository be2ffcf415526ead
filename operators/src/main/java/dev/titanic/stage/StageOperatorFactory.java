package dev.titanic.stage;

import dev.titanic.column.CellOperator;
import dev.titanic.column.CellOperatorFactory;
import dev.titanic.column.ModelLoading;
import dev.titanic.schemas.edge.Packet;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operators of stage k. */
public final class StageOperatorFactory extends CellOperatorFactory {
  private static final long serialVersionUID = 1L;

  private final int stageIndex;
  private final int stages;
  private final ModelLoading loading;
  private final Map<String, Duration> delays;

  /**
   * @param stageIndex k, from 1
   * @param stages K
   * @param delays how much longer a pass takes on a client, for those that are to be slow
   */
  public StageOperatorFactory(
      int stageIndex, int stages, ModelLoading loading, Map<String, Duration> delays) {
    this.stageIndex = stageIndex;
    this.stages = stages;
    this.loading = loading;
    this.delays = new HashMap<>(delays);
  }

  @Override
  protected CellOperator create(StreamOperatorParameters<Packet> parameters) {
    return new StageOperator(parameters, stageIndex, stages, loading, delays);
  }
}
