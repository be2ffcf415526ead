package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some bytes of a weight, as they travel in one chunk.
 *
 * @param spec of the whole weight
 * @param offset of the first byte
 */
record WeightPiece(String weight, TensorSpec spec, long offset, int bytes) {

  /**
   * Cuts all weights, none of two in one piece; whoever knows the weights comes to the same list.
   */
  static List<WeightPiece> of(Map<String, TensorSpec> weights, int chunkBytes) {
    List<WeightPiece> pieces = new ArrayList<>();
    weights.forEach(
        (name, spec) -> {
          for (long offset = 0; offset < spec.bytes(); offset += chunkBytes) {
            int bytes = (int) Math.min(chunkBytes, spec.bytes() - offset);
            pieces.add(new WeightPiece(name, spec, offset, bytes));
          }
        });
    return pieces;
  }
}
