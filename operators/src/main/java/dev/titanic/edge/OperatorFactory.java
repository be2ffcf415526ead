package dev.titanic.edge;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes operators of one class, which want to know their task's mailbox.
 *
 * @param <I> what they take
 * @param <O> what they give
 */
public abstract class OperatorFactory<I, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<I, O> {
  private static final long serialVersionUID = 1L;

  private final Class<? extends StreamOperator<O>> operator;

  /**
   * @param chaining whether operators share the thread of those in front of them
   */
  protected OperatorFactory(
      Class<? extends StreamOperator<O>> operator, ChainingStrategy chaining) {
    this.operator = operator;
    setChainingStrategy(chaining);
  }

  protected abstract StreamOperator<O> create(StreamOperatorParameters<O> parameters);

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public final <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    return (T) create(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public final Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return operator;
  }
}
