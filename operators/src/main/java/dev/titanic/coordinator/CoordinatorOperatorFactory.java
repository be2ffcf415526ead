package dev.titanic.coordinator;

import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the coordinator, chained to its source: a barrier must not queue behind records. */
public final class CoordinatorOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<ControlRecord, Packet> {
  private static final long serialVersionUID = 1L;

  private final CoordinatorSettings settings;

  public CoordinatorOperatorFactory(CoordinatorSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) new CoordinatorOperator(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return CoordinatorOperator.class;
  }
}
