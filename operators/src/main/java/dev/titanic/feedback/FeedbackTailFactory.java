package dev.titanic.feedback;

import dev.titanic.edge.OperatorFactory;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the tails of the feedback edge: one in every client's column, and one beside the
 * coordinator.
 *
 * <p>The topology gives the tail the slot sharing group and the co-location key of its heads.
 */
public final class FeedbackTailFactory extends OperatorFactory<Packet, Void> {
  private static final long serialVersionUID = 1L;

  private final int firstRow;
  private final int lastRow;

  private FeedbackTailFactory(int firstRow, int lastRow) {
    // a chained tail would run on the thread of a sender
    super(FeedbackTail.class, ChainingStrategy.NEVER);
    this.firstRow = firstRow;
    this.lastRow = lastRow;
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
  protected FeedbackTail create(StreamOperatorParameters<Void> parameters) {
    return new FeedbackTail(parameters, firstRow, lastRow);
  }
}
