package dev.titanic.placement.flink;

import dev.titanic.placement.PlacementSettings;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the placement, on a thread of its own: the coordinator must not wait for it. */
public final class PlacementOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  private final PlacementSettings settings;

  public PlacementOperatorFactory(PlacementSettings settings) {
    this.settings = settings;
    setChainingStrategy(ChainingStrategy.HEAD);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) new PlacementOperator(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return PlacementOperator.class;
  }
}
