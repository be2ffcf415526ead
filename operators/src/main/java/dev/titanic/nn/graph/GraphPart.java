package dev.titanic.nn.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a model as TorchScript: {@code METHOD(self, x: Tensor, weights: List[Tensor]) ->
 * Tensor}.
 *
 * <p>The first part takes the model's input and the last one returns its output. Between parts
 * travels one float32 vector: extents of shapes, then activations.
 *
 * @param source of the method; what it calls is {@link #PACKING}
 * @param weights names of the trained weights in the order of the argument
 * @param tensors names of all other tensors of the model that it uses, by the attributes of the
 *     program in which they have to be
 */
public record GraphPart(String source, List<String> weights, Map<String, String> tensors) {

  /**
   * Methods that every part needs. A vector is [count of integers, their high halves, their low
   * halves, elements…]; the integers are the extents, then rank and shape of every tensor. Two
   * numbers below 2^24 make an integer, because float32 holds those exactly. Every tensor begins at
   * a multiple of 64 bytes, as if it had been allocated: the kernels of matrix products give other
   * bits otherwise.
   */
  public static final String PACKING =
      """
      def pack(self, x: Tensor, numbers: List[int], values: List[Tensor]) -> Tensor:
        integers = annotate(List[int], [])
        _0 = torch.extend(integers, numbers)
        for value in values:
          _1 = torch.append(integers, torch.dim(value))
          _2 = torch.extend(integers, torch.size(value))
        here = ops.prim.device(x)
        whole = torch.tensor(integers, dtype=4, device=here)
        pieces = annotate(List[Tensor], [])
        _3 = torch.append(pieces, torch.tensor([torch.len(integers)], dtype=6, device=here))
        _4 = torch.append(pieces, torch.to(torch.__rshift__(whole, 20), 6))
        _5 = torch.append(pieces, torch.to(torch.remainder(whole, 1048576), 6))
        _6 = torch.append(pieces, torch.new_zeros(pieces[0], [self.gap(torch.add(torch.mul(torch.len(integers), 2), 1))]))
        for value0 in values:
          _7 = torch.append(pieces, torch.reshape(value0, [-1]))
          _8 = torch.append(pieces, torch.new_zeros(pieces[0], [self.gap(torch.numel(value0))]))
        return torch.cat(pieces)

      def gap(self, length: int) -> int:
        return torch.remainder(torch.neg(length), 16)

      def integers(self, packed: Tensor) -> List[int]:
        count = int(torch.select(packed, 0, 0))
        integers = annotate(List[int], [])
        for i in range(count):
          high = int(torch.select(packed, 0, torch.add(i, 1)))
          low = int(torch.select(packed, 0, torch.add(torch.add(i, count), 1)))
          _0 = torch.append(integers, torch.add(torch.mul(high, 1048576), low))
        return integers

      def values(self, packed: Tensor, integers: List[int], first: int) -> List[Tensor]:
        head = torch.add(torch.mul(torch.len(integers), 2), 1)
        lengths = [torch.add(head, self.gap(head))]
        shapes = annotate(List[List[int]], [])
        at = first
        while torch.lt(at, torch.len(integers)):
          end = torch.add(torch.add(at, integers[at]), 1)
          shape = torch.slice(integers, torch.add(at, 1), end, 1)
          length = 1
          for extent in shape:
            length = torch.mul(length, extent)
          _0 = torch.append(shapes, shape)
          _1 = torch.append(lengths, length)
          _2 = torch.append(lengths, self.gap(length))
          at = end
        pieces = torch.split_with_sizes(packed, lengths)
        values = annotate(List[Tensor], [])
        for i in range(torch.len(shapes)):
          _3 = torch.append(values, torch.view(pieces[torch.add(torch.mul(i, 2), 1)], shapes[i]))
        return values
      """;

  public GraphPart {
    weights = List.copyOf(weights);
    tensors = new LinkedHashMap<>(tensors);
  }
}
