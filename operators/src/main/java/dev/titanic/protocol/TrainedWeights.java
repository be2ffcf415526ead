package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.util.Map;

/** What an export takes from a partition, piece by piece. */
public interface TrainedWeights {

  /** Trained weights by their names in the files that are exported, in the model's order. */
  Map<String, TensorSpec> weights();

  /**
   * Copies bytes of a weight, as many as the target has room for.
   *
   * @param weight one of {@link #weights}
   * @param offset of the first byte, at the start of an element
   */
  void read(String weight, long offset, ByteBuffer target);
}
