package dev.titanic.feedback;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the tails of the feedback edge: one in every client's column, and one beside the
 * coordinator.
 *
 * <p>The topology gives the tail the slot sharing group and the co-location key of its heads.
 */
public final class FeedbackTailFactory extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<Packet, Void> {
  private final int firstRow;
  private final int lastRow;

  private FeedbackTailFactory(int firstRow, int lastRow) {
    this.firstRow = firstRow;
    this.lastRow = lastRow;
    // a chained tail would run on the thread of a sender
    setChainingStrategy(ChainingStrategy.NEVER);
  }

  /** The tail of a client's column: serves the owner and the stages. */
  public static FeedbackTailFactory client(int stages) {
    return new FeedbackTailFactory(Address.OWNER, stages);
  }

  /** The tail that serves the coordinator. */
  public static FeedbackTailFactory server() {
    return new FeedbackTailFactory(Address.COORDINATOR, Address.COORDINATOR);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<Void>> T createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    return (T) new FeedbackTail(parameters, firstRow, lastRow);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return FeedbackTail.class;
  }
}
