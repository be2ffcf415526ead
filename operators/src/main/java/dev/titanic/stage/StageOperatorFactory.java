package dev.titanic.stage;

import dev.titanic.column.ModelLoading;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operators of stage k. */
public final class StageOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<Packet, Packet> {
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
    // every partition has a thread of its own
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) new StageOperator(parameters, stageIndex, stages, loading);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return StageOperator.class;
  }
}
