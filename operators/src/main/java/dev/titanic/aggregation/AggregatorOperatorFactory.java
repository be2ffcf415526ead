package dev.titanic.aggregation;

import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the aggregator, which has a thread of its own on the server. */
public final class AggregatorOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  public AggregatorOperatorFactory() {
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) new AggregatorOperator(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return AggregatorOperator.class;
  }
}
