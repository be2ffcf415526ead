package dev.titanic.nn.shape;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Numbers and lists. */
final class ScalarOperations {
  private ScalarOperations() {}

  static void addTo(Map<String, Operation> operations) {
    operations.put("torch.size", (tape, arguments) -> size(arguments));
    operations.put("torch.len", (tape, arguments) -> number(arguments.items(0).size()));
    operations.put("torch.append", (tape, arguments) -> append(arguments));
    operations.put("ops.prim.device", (tape, arguments) -> Value.Nothing.NOTHING);
    operations.put("torch.dim", (tape, arguments) -> number(arguments.tensor(0).layout().rank()));
    operations.put(
        "torch.numel",
        (tape, arguments) -> number((double) arguments.tensor(0).layout().elements()));
    operations.put("int", (tape, arguments) -> number(Math.floor(arguments.number(0))));
    operations.put("float", (tape, arguments) -> number(arguments.number(0)));
    binary(operations, "torch.floordiv", (a, b) -> Math.floor(a / b));
    binary(operations, "torch.remainder", (a, b) -> a - b * Math.floor(a / b));
    binary(operations, "torch.gt", (a, b) -> a > b ? 1 : 0);
    binary(operations, "torch.ge", (a, b) -> a >= b ? 1 : 0);
    binary(operations, "torch.lt", (a, b) -> a < b ? 1 : 0);
    binary(operations, "torch.le", (a, b) -> a <= b ? 1 : 0);
    binary(operations, "torch.eq", (a, b) -> a == b ? 1 : 0);
    binary(operations, "torch.ne", (a, b) -> a == b ? 0 : 1);
  }

  /** For two numbers what is given; for tensors, what the elementwise table says. */
  private static void binary(
      Map<String, Operation> operations, String name, DoubleBinaryOperator operator) {
    operations.put(
        name,
        (tape, arguments) ->
            arguments.isTensor(0)
                ? ElementwiseOperations.compare(tape, arguments)
                : of(operator, arguments));
  }

  private static Value append(Arguments arguments) {
    arguments.items(0).add(arguments.get(1));
    return arguments.get(0);
  }

  static Value of(DoubleBinaryOperator operator, Arguments arguments) {
    return number(operator.applyAsDouble(arguments.number(0), arguments.number(1)));
  }

  private static Value size(Arguments arguments) {
    Layout layout = arguments.tensor(0).layout();
    return arguments.count() > 1
        ? number((double) layout.size(arguments.whole(1)))
        : new Value.Items(
            layout.shape().stream().<Value>map(size -> number((double) size)).toList());
  }

  private static Value number(double number) {
    return new Value.Scalar(number);
  }
}
