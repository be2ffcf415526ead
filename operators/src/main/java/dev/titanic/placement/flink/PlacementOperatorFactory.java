package dev.titanic.placement.flink;

import dev.titanic.edge.OperatorFactory;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the placement, on a thread of its own: the coordinator must not wait for it. */
public final class PlacementOperatorFactory extends OperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  private final PlacementSettings settings;

  public PlacementOperatorFactory(PlacementSettings settings) {
    super(PlacementOperator.class, ChainingStrategy.HEAD);
    this.settings = settings;
  }

  @Override
  protected PlacementOperator create(StreamOperatorParameters<Packet> parameters) {
    return new PlacementOperator(parameters, settings);
  }
}
