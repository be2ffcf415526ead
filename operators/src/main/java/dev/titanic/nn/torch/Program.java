package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program, loaded: methods of an architecture or of parts of a traced model, and those that all
 * need for training.
 *
 * <p>The engine passes arrays of one name, such as {@link #WEIGHTS}, as one list argument, and
 * takes the method's name from the name of one more array.
 */
final class Program {
  static final String TABLES = "tables[]";
  static final String WEIGHTS = "weights[]";
  static final String GRADIENTS = "gradients[]";
  static final String FIRST_MOMENTS = "first[]";
  static final String SECOND_MOMENTS = "second[]";

  private static final String ENTRY_POINTS =
      """
      def generators(self, seed: Tensor) -> List[Generator]:
        generators = annotate(List[Generator], [])
        if torch.ge(int(seed), 0):
          _0 = torch.append(generators, torch.Generator(device=ops.prim.device(seed), seed=int(seed)))
        return generators

      def run_embedding(self, tokens: Tensor, seed: Tensor, tables: List[Tensor], weights: List[Tensor]) -> Tensor:
        return self.embed(tokens, tables, weights, self.generators(seed))

      def run_block(self, hidden: Tensor, seed: Tensor, tables: List[Tensor], weights: List[Tensor]) -> Tensor:
        return self.block(hidden, tables, weights, self.generators(seed))

      def run_head(self, hidden: Tensor, seed: Tensor, weights: List[Tensor]) -> Tensor:
        return self.logits(hidden, weights, self.generators(seed))

      def narrowed(self, weights: List[Tensor]) -> Tensor:
        return self.narrow(weights[0])

      def loss(self, hidden: Tensor, targets: Tensor, seed: Tensor, weights: List[Tensor]) -> Tensor:
        return self.cross_entropy(self.run_head(hidden, seed, weights), targets)
      """;

  private static final String TRAINING =
      """
      def cross_entropy(self, logits: Tensor, targets: Tensor) -> Tensor:
        each = torch.cross_entropy_loss(torch.flatten(logits, 0, 1), torch.flatten(targets), None, 0, -100, 0.)
        return torch.sum(each, dtype=7)

      def squared_norms(self, gradients: List[Tensor]) -> Tensor:
        norms = annotate(List[Tensor], [])
        for gradient in gradients:
          sums = annotate(List[Tensor], [])
          for piece in torch.split(torch.flatten(gradient), 32768):
            _0 = torch.append(sums, torch.sum(torch.square(torch.to(piece, 7))))
          _1 = torch.append(norms, torch.sum(torch.stack(sums)))
        return torch.stack(norms)

      def update(self, settings: Tensor, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor]) -> Tensor:
        rate, beta1, beta2, epsilon, decay, factor, step, = torch.unbind(settings)
        steps = annotate(List[Tensor], [])
        for _0 in weights:
          _1 = torch.append(steps, torch.to(step, 6))
        torch._foreach_mul_(gradients, float(factor))
        torch._fused_adamw_(weights, gradients, first, second, [], steps, lr=float(rate), beta1=float(beta1), beta2=float(beta2), weight_decay=float(decay), eps=float(epsilon), amsgrad=False, maximize=False)
        torch._foreach_zero_(gradients)
        return settings
      """;

  private final PtNDManager owner;
  private final PtSymbolBlock module;
  private final Map<String, PtNDArray> methods = new HashMap<>();

  private Program(PtNDManager owner, PtSymbolBlock module) {
    this.owner = owner;
    this.module = module;
  }

  /**
   * Loads the program of an architecture.
   *
   * @param owner scope in which it lives
   * @param source methods of an architecture
   */
  static Program load(PtNDManager owner, String source) {
    return load(owner, source + "\n" + ENTRY_POINTS, List.of());
  }

  /**
   * Loads a program with tensors of its own.
   *
   * @param owner scope in which it lives
   * @param source its methods
   * @param tensors what they use as attributes
   */
  static Program load(PtNDManager owner, String source, List<Archive.Attribute> tensors) {
    byte[] archive = Archive.of(source + "\n" + TRAINING, tensors);
    try {
      return new Program(
          owner, JniUtils.loadModule(owner, new ByteArrayInputStream(archive), true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls a method that returns a list; the results belong to the first argument's scope. */
  NDList callForList(String method, NDArray first, List<? extends NDArray> others) {
    NDList arguments = new NDList(others.size() + 2);
    arguments.add(first);
    arguments.addAll(others);
    arguments.add(methods.computeIfAbsent(method, this::methodName));
    return IValueUtils.forward(module, arguments, true);
  }

  /** Calls a method that returns an array; it belongs to the first argument's scope. */
  PtNDArray call(String method, NDArray first, List<? extends NDArray> others) {
    return (PtNDArray) callForList(method, first, others).singletonOrThrow();
  }

  private PtNDArray methodName(String method) {
    PtNDArray array = (PtNDArray) owner.zeros(new Shape());
    array.setName("module_method:" + method);
    return array;
  }
}
