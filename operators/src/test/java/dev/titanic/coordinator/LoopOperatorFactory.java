package dev.titanic.coordinator;

import dev.titanic.schemas.edge.Packet;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes an operator of the small loop. */
final class LoopOperatorFactory<T> extends AbstractStreamOperatorFactory<Packet>
    implements OneInputStreamOperatorFactory<T, Packet> {
  private final Class<? extends AbstractStreamOperator<Packet>> type;
  private final Constructor constructor;

  LoopOperatorFactory(
      Class<? extends AbstractStreamOperator<Packet>> type,
      ChainingStrategy chaining,
      Constructor constructor) {
    this.type = type;
    this.constructor = constructor;
    setChainingStrategy(chaining);
  }

  /** A constructor that travels with the job graph. */
  interface Constructor
      extends Function<StreamOperatorParameters<Packet>, AbstractStreamOperator<Packet>>,
          Serializable {}

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <O extends StreamOperator<Packet>> O createStreamOperator(
      StreamOperatorParameters<Packet> parameters) {
    return (O) constructor.apply(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return type;
  }
}
