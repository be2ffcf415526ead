package dev.titanic.column;

import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operators of a row. */
public abstract class CellOperatorFactory extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  protected CellOperatorFactory() {
    // every partition has a thread of its own
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  protected abstract CellOperator create(StreamOperatorParameters<Packet> parameters);

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public final <T extends StreamOperator<Packet>> T createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (T) create(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public final Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return CellOperator.class;
  }
}
