package dev.titanic.benchmarks;

import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the receiver, unchained. */
final class TensorReceiverFactory extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<Packet, Void> {
  private static final long serialVersionUID = 1L;

  private final int warmUp;
  private final int tensors;

  TensorReceiverFactory(int warmUp, int tensors) {
    this.warmUp = warmUp;
    this.tensors = tensors;
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Void>> T createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    return (T) new TensorReceiver(parameters, warmUp, tensors);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return TensorReceiver.class;
  }
}
