package dev.titanic.column;

import dev.titanic.edge.OperatorFactory;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.ChainingStrategy;

/** Makes the operators of a row: every partition has a thread of its own. */
public abstract class CellOperatorFactory extends OperatorFactory<Packet, Packet> {
  private static final long serialVersionUID = 1L;

  protected CellOperatorFactory() {
    super(CellOperator.class, ChainingStrategy.NEVER);
  }
}
