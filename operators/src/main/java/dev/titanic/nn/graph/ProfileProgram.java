package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Stored;
import dev.titanic.nn.graph.Operand.Variable;
import dev.titanic.nn.graph.Profile.TensorLook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A program that runs a straight line once and tells what its tensors look like: {@code
 * profile(self, x: Tensor, zero: Tensor) -> Tensor}. Instead of weights it computes with zeros that
 * take no memory, because no client need be able to hold them all.
 *
 * @param source of its methods
 * @param tensors names of the tensors of the model that it uses, by the attributes in which they
 *     have to be
 */
public record ProfileProgram(String source, Map<String, String> tensors) {
  private static final String LOOK =
      """
      def look(self, looks: List[int], id: int, x: Tensor) -> int:
        _0 = torch.append(looks, id)
        _1 = torch.append(looks, ops.prim.dtype(x))
        _2 = torch.append(looks, int(torch.is_contiguous(x)))
        _3 = torch.append(looks, torch.dim(x))
        _4 = torch.extend(looks, torch.size(x))
        return 0

      def profile(self, x: Tensor, zero: Tensor) -> Tensor:
        looks = annotate(List[int], [])
      """;

  public ProfileProgram {
    tensors = new LinkedHashMap<>(tensors);
  }

  static ProfileProgram of(StraightLine line, Predicate<Variable> isTensor) {
    Map<String, String> tensors = new LinkedHashMap<>();
    line.tensors()
        .forEach(
            (name, value) -> {
              if (!value.trained()) {
                tensors.put(line.attribute(name), name);
              }
            });
    List<String> lines = new ArrayList<>();
    for (Operation operation : line.operations()) {
      lines.add(operation.source(operand -> name(line, operand)));
      for (Variable result : operation.results()) {
        if (isTensor.test(result)) {
          lines.add("_ = self.look(looks, %d, %s)".formatted(result.id(), result));
        }
      }
    }
    lines.add("return torch.tensor(looks, dtype=4)");
    return new ProfileProgram(LOOK + String.join("\n", lines).indent(2), tensors);
  }

  private static String name(StraightLine line, Operand operand) {
    if (operand instanceof Stored stored) {
      return line.isTrained(stored)
          ? "torch.expand(zero, %s)".formatted(line.tensor(stored.name()).tensor().shape())
          : "self." + line.attribute(stored.name());
    }
    return operand.equals(line.input()) ? "x" : operand.toString();
  }

  /** Reads the program's result: per tensor its variable, type, density, rank and shape. */
  static Profile read(long[] looks) {
    Map<Variable, TensorLook> tensors = new HashMap<>();
    int at = 0;
    while (at < looks.length) {
      Variable variable = new Variable((int) looks[at]);
      int rank = (int) looks[at + 3];
      List<Long> shape = new ArrayList<>();
      for (int dimension = 0; dimension < rank; dimension++) {
        shape.add(looks[at + 4 + dimension]);
      }
      boolean dense = looks[at + 2] == 1;
      ElementKind.ofCode(looks[at + 1])
          .ifPresent(kind -> tensors.put(variable, new TensorLook(kind, shape, dense)));
      at += 4 + rank;
    }
    return new Profile(tensors);
  }
}
