package dev.titanic.stage;

import dev.titanic.column.CellOperator;
import dev.titanic.column.CellOperatorFactory;
import dev.titanic.column.ModelLoading;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operators of stage k. */
public final class StageOperatorFactory extends CellOperatorFactory {
  private static final long serialVersionUID = 1L;

  private final int stageIndex;
  private final int stages;
  private final ModelLoading loading;

  /**
   * @param stageIndex k, from 1
   * @param stages K
   */
  public StageOperatorFactory(int stageIndex, int stages, ModelLoading loading) {
    this.stageIndex = stageIndex;
    this.stages = stages;
    this.loading = loading;
  }

  @Override
  protected CellOperator create(StreamOperatorParameters<Packet> parameters) {
    return new StageOperator(parameters, stageIndex, stages, loading);
  }
}
