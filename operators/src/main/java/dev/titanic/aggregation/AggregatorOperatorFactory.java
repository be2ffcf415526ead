package dev.titanic.aggregation;

import dev.titanic.edge.OperatorFactory;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the aggregator, which has a thread of its own on the server. */
public final class AggregatorOperatorFactory extends OperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  public AggregatorOperatorFactory() {
    super(AggregatorOperator.class, ChainingStrategy.NEVER);
  }

  @Override
  protected AggregatorOperator create(StreamOperatorParameters<Packet> parameters) {
    return new AggregatorOperator(parameters);
  }
}
