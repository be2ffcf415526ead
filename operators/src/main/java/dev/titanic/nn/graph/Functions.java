package dev.titanic.nn.graph;

import dev.titanic.nn.graph.Operand.Literal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of PyTorch's functions: which give the same result when called again, and how. */
final class Functions {
  private static final Set<String> NAMESPACES = Set.of("torch", "ops.prim", "ops.aten");
  private static final Set<String> PRIMITIVES =
      Set.of("ops.prim.NumToTensor", "ops.prim.dtype", "ops.prim.device");

  private static final Set<String> RANDOM =
      Set.of(
          "rand",
          "randn",
          "randint",
          "randperm",
          "rand_like",
          "randn_like",
          "randint_like",
          "bernoulli",
          "multinomial",
          "normal",
          "poisson",
          "empty",
          "empty_like",
          "new_empty");

  /** The position of the argument that says whether the model is in training. */
  private static final Map<String, Integer> TRAINING_FLAG =
      Map.of(
          "dropout", 2,
          "feature_dropout", 2,
          "alpha_dropout", 2,
          "feature_alpha_dropout", 2,
          "batch_norm", 5,
          "instance_norm", 5);

  /** The position of the dropout probability, where there is no flag. */
  private static final Map<String, Integer> PROBABILITY = Map.of("scaled_dot_product_attention", 4);

  /** Results that are lists or other things that are no tensors. */
  private static final Set<String> AGGREGATES =
      Set.of(
          "split",
          "split_with_sizes",
          "chunk",
          "unbind",
          "tensor_split",
          "meshgrid",
          "broadcast_tensors");

  private static final Set<String> NUMBERS =
      Set.of("size", "int", "float", "bool", "dtype", "device", "len", "dim", "numel");

  /** What a tensor's shape tells, whatever its content. */
  private static final Set<String> SHAPES = Set.of("size", "dim", "numel", "dtype", "device");

  /** Every element of the result depends on many weights. */
  private static final Set<String> MIXING =
      Set.of(
          "embedding",
          "embedding_bag",
          "linear",
          "matmul",
          "mm",
          "bmm",
          "addmm",
          "baddbmm",
          "addbmm",
          "einsum",
          "_convolution",
          "convolution",
          "conv1d",
          "conv2d",
          "conv3d",
          "index",
          "index_select",
          "gather");

  /** Hides one argument behind another that depends on weights and content. */
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "add",
          "sub",
          "rsub",
          "mul",
          "div",
          "where",
          "masked_fill",
          "scaled_dot_product_attention");

  private static final Set<String> PURE_TWINS =
      Set.of(
          "relu",
          "relu6",
          "hardtanh",
          "hardswish",
          "leaky_relu",
          "elu",
          "silu",
          "sigmoid",
          "tanh",
          "add",
          "sub",
          "mul",
          "div");

  private static final Set<String> FRESH =
      Set.of(
          "_convolution",
          "batch_norm",
          "group_norm",
          "layer_norm",
          "linear",
          "addmm",
          "matmul",
          "bmm",
          "embedding",
          "max_pool2d",
          "cat");

  private Functions() {}

  /** Refuses what is no function of PyTorch, or gives another result every time. */
  static void requireSupported(String place, String function) {
    int dot = function.lastIndexOf('.');
    String namespace = function.substring(0, Math.max(0, dot));
    boolean known =
        NAMESPACES.contains(namespace)
            && (!namespace.equals("ops.prim") || PRIMITIVES.contains(function));
    if (!known) {
      throw Unsupported.at(place, "'" + function + "'");
    }
    if (RANDOM.contains(function.substring(dot + 1))) {
      throw Unsupported.at(place, "'" + function + "', whose result is random");
    }
  }

  /** Refuses dropout, and statistics that change with every batch. */
  static void requireEvaluation(Operation operation) {
    Integer flag = TRAINING_FLAG.get(operation.name());
    Integer probability = PROBABILITY.get(operation.name());
    boolean training =
        flag != null && !literal(operation, flag).equals("False")
            || probability != null && !isZero(literal(operation, probability));
    if (training && !(operation.name().endsWith("dropout") && isZero(literal(operation, 1)))) {
      throw Unsupported.at(operation.place(), "'" + operation.function() + "' in training mode");
    }
  }

  private static String literal(Operation operation, int position) {
    List<Operand> arguments = operation.arguments();
    if (position >= arguments.size()) {
      return position == 4 ? "0." : "";
    }
    return arguments.get(position) instanceof Literal literal ? literal.text() : "";
  }

  private static boolean isZero(String number) {
    return number.matches("0(\\.0*)?");
  }

  /** Whether a function writes into its first argument, by PyTorch's convention for names. */
  static boolean isInPlace(String name) {
    return name.endsWith("__") ? name.startsWith("__i") : name.endsWith("_");
  }

  /** Whether a function that writes in place has a twin that does not, with the same result. */
  static boolean hasPureTwin(String name) {
    return isInPlace(name) && PURE_TWINS.contains(name.substring(0, name.length() - 1));
  }

  /** Whether the result is memory that nothing else looks at. */
  static boolean isFresh(String name) {
    return FRESH.contains(name) || PURE_TWINS.contains(name);
  }

  static boolean isAggregate(String name) {
    return AGGREGATES.contains(name);
  }

  static boolean isNumber(Operation operation) {
    boolean cast =
        operation.name().equals("annotate")
            && operation.arguments().get(0) instanceof Literal type
            && !type.text().contains("Tensor");
    return cast || NUMBERS.contains(operation.name());
  }

  static boolean isShape(String name) {
    return SHAPES.contains(name);
  }

  static boolean isMixing(String name) {
    return MIXING.contains(name);
  }

  static boolean isElementwise(String name) {
    return ELEMENTWISE.contains(name);
  }

  /** Whether the first weight is only looked up, row by row. */
  static boolean isLookup(String name) {
    return name.startsWith("embedding") || name.equals("index") || name.equals("index_select");
  }
}
