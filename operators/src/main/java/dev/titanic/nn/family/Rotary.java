package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * Rotary positions (Su et al. 2021), as methods of a program:
 *
 * <pre>
 * rotary(positions) -> List[Tensor]   cosines and sines, each (positions, rotated dimensions)
 * rotate(x, tables) -> x              x is (batch, heads, tokens, size); tables begin with rotary's
 * </pre>
 *
 * @param size of a head
 * @param dimensions the first so many of a head are rotated, one more if that is odd
 */
record Rotary(RotaryFrequencies frequencies, int size, int dimensions) {

  private static final String SOURCE =
      """
      def rotary(self, positions: Tensor) -> List[Tensor]:
        angles = torch.outer(torch.to(positions, 6), self.frequencies(positions))
        both = torch.cat([angles, angles], -1)
        return [torch.cos(both), torch.sin(both)]

      def turn(self, x: Tensor, tables: List[Tensor]) -> Tensor:
        cos = torch.slice(tables[0], 0, 0, torch.size(x, 2))
        sin = torch.slice(tables[1], 0, 0, torch.size(x, 2))
        left, right, = torch.chunk(x, 2, -1)
        turned = torch.cat([torch.neg(right), left], -1)
        return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

      """;

  private static final String WHOLE =
      """
      def rotate(self, x: Tensor, tables: List[Tensor]) -> Tensor:
        return self.turn(x, tables)
      """;

  private static final String PARTIAL =
      """
      def rotate(self, x: Tensor, tables: List[Tensor]) -> Tensor:
        turned = self.turn(torch.slice(x, -1, 0, %1$d), tables)
        return torch.cat([turned, torch.slice(x, -1, %1$d)], -1)
      """;

  /** Whole heads are rotated. */
  static Rotary whole(ModelConfig config, int size) {
    for (ModelConfig place : List.of(RotaryFrequencies.parameters(config), config)) {
      if (place.number("partial_rotary_factor", 1) != 1) {
        throw place.invalid("partial_rotary_factor", "1");
      }
    }
    if (size % 2 != 0) {
      throw config.invalid("head_dim", "an even number");
    }
    return new Rotary(RotaryFrequencies.of(config, "rope_theta"), size, size);
  }

  String source() {
    int rotated = dimensions + dimensions % 2;
    String rotate = rotated == size ? WHOLE : PARTIAL.formatted(rotated);
    return frequencies.source(dimensions) + SOURCE + rotate;
  }
}
