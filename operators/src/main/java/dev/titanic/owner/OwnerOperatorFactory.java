package dev.titanic.owner;

import dev.titanic.column.ModelLoading;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operators of the data owners. */
public final class OwnerOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  private final int stages;
  private final ModelLoading loading;
  private final OwnerDataSource data;

  /**
   * @param stages K
   */
  public OwnerOperatorFactory(int stages, ModelLoading loading, OwnerDataSource data) {
    this.stages = stages;
    this.loading = loading;
    this.data = data;
    // every partition has a thread of its own
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) new OwnerOperator(parameters, stages, loading, data);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return OwnerOperator.class;
  }
}
