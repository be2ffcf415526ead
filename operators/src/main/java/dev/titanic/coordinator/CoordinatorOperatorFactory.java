package dev.titanic.coordinator;

import dev.titanic.edge.OperatorFactory;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the coordinator, chained to its source: a barrier must not queue behind records. */
public final class CoordinatorOperatorFactory extends OperatorFactory<ControlRecord, Packet> {
  private static final long serialVersionUID = 1L;

  private final CoordinatorSettings settings;

  public CoordinatorOperatorFactory(CoordinatorSettings settings) {
    super(CoordinatorOperator.class, ChainingStrategy.ALWAYS);
    this.settings = settings;
  }

  @Override
  protected CoordinatorOperator create(StreamOperatorParameters<Packet> parameters) {
    return new CoordinatorOperator(parameters, settings);
  }
}
