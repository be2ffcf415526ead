package dev.titanic.column;

import dev.titanic.data.DataException;
import dev.titanic.nn.ModelException;
import dev.titanic.protocol.ProtocolException;
import dev.titanic.protocol.masks.MaskException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Keeps apart what a restart may mend from what it cannot. */
public final class Failures {
  private Failures() {}

  /**
   * Runs an action; a mistake in the model, the data or the protocol fails the job for good,
   * instead of again and again.
   */
  public static void orderly(Runnable action) {
    try {
      action.run();
    } catch (ModelException | DataException | ProtocolException | MaskException e) {
      throw new SuppressRestartsException(e);
    }
  }
}
