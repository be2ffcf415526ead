package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Count;
import dev.titanic.schemas.edge.Message.Evaluate;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Release;

/**
 * Which edge of the job a message takes.
 *
 * <p>What opens a transaction or changes who holds what goes down the forward edges, column by
 * column, because barriers travel there: an instruction that the coordinator gave after a snapshot
 * cannot reach a subtask before that subtask's part of the snapshot. On the feedback edge it could.
 * Decisions may take the feedback edge: they follow an answer to something that came behind the
 * barrier.
 */
public enum Edge {
  /** To the next row; also through the rows between, within a column. */
  FORWARD,
  /** From the owner to the last stage: gradients of the head. */
  HEAD,
  /** Back to a column. */
  FEEDBACK,
  /** Back to the coordinator. */
  FEEDBACK_SERVER,
  /** From the owners to the aggregator. */
  AGGREGATION,
  /** From the coordinator to the placement. */
  PLACEMENT,
  /** To the sender itself: the owner of a model without stages. */
  SELF;

  /**
   * @param at the subtask that sends the message, or passes it on
   * @param stages K
   */
  public static Edge of(Address at, Address to, Message message, int stages) {
    if (to.row() == Address.COORDINATOR) {
      return FEEDBACK_SERVER;
    }
    if (to.row() == Address.PLACEMENT) {
      return PLACEMENT;
    }
    if (to.row() == Address.AGGREGATOR) {
      return AGGREGATION;
    }
    if (to.equals(at)) {
      return SELF;
    }
    if (message instanceof Begin
        || message instanceof Evaluate
        || message instanceof Aggregate
        || message instanceof Count
        || message instanceof Load
        || message instanceof Move
        || message instanceof Release) {
      return FORWARD;
    }
    if (message instanceof Activation && to.row() == at.row() + 1) {
      return FORWARD;
    }
    if (message instanceof Gradient && at.row() == Address.OWNER) {
      return stages == 1 ? FORWARD : HEAD;
    }
    return FEEDBACK;
  }
}
