package dev.titanic.nn.shape;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Operations on every element. */
final class ElementwiseOperations {

  /** What an operation on one tensor keeps for its backward pass. */
  private enum Keeps {
    NOTHING,
    INPUT,
    OUTPUT
  }

  private static final List<String> KEEP_NOTHING =
      List.of("neg", "clone", "floor", "ceil", "round", "triu", "tril");
  private static final List<String> KEEP_INPUT =
      List.of(
          "abs",
          "clamp",
          "cos",
          "erf",
          "gelu",
          "hardswish",
          "hardtanh",
          "leaky_relu",
          "log",
          "mish",
          "silu",
          "sin",
          "softplus",
          "square",
          "pow");
  private static final List<String> KEEP_OUTPUT =
      List.of("exp", "reciprocal", "relu", "rsqrt", "sigmoid", "sqrt", "tanh");
  private static final List<String> IN_PLACE =
      List.of("add_", "sub_", "mul_", "div_", "clamp_", "bernoulli_", "fill_", "masked_fill_");

  private ElementwiseOperations() {}

  static void addTo(Map<String, Operation> operations) {
    unary(operations, KEEP_NOTHING, Keeps.NOTHING);
    unary(operations, KEEP_INPUT, Keeps.INPUT);
    unary(operations, KEEP_OUTPUT, Keeps.OUTPUT);
    for (String name : IN_PLACE) {
      operations.put("torch." + name, (tape, arguments) -> inPlace(tape, arguments.tensor(0)));
    }
    operations.put("torch.to", ElementwiseOperations::convert);
    operations.put("torch.add", arithmetic(ElementwiseOperations::sum, Double::sum));
    operations.put("torch.sub", arithmetic(ElementwiseOperations::sum, (a, b) -> a - b));
    operations.put("torch.rsub", arithmetic(ElementwiseOperations::sum, (a, b) -> b - a));
    operations.put("torch.logical_or", ElementwiseOperations::compare);
    operations.put("torch.mul", arithmetic(ElementwiseOperations::product, (a, b) -> a * b));
    operations.put("torch.div", arithmetic(ElementwiseOperations::product, (a, b) -> a / b));
    operations.put("torch.maximum", ElementwiseOperations::selectLarger);
    operations.put("torch.masked_fill", ElementwiseOperations::fillMasked);
    operations.put("torch.where", ElementwiseOperations::choose);
    operations.put("torch.cat", ElementwiseOperations::concatenate);
  }

  private static void unary(Map<String, Operation> operations, List<String> names, Keeps keeps) {
    for (String name : names) {
      operations.put("torch." + name, (tape, arguments) -> unary(tape, arguments, keeps));
    }
  }

  private static Value unary(Tape tape, Arguments arguments, Keeps keeps) {
    int tensor = arguments.isTensor(0) ? 0 : 1; // pow takes a number first, too
    return unary(tape, arguments.tensor(tensor), keeps);
  }

  private static Phantom unary(Tape tape, Phantom x, Keeps keeps) {
    Phantom output = Phantom.fresh(x.type(), x.layout().compacted(), x.needsGradient());
    Step step = tape.step().reads(x).makes(output).computesGradientOf(x);
    switch (keeps) {
      case NOTHING -> {}
      case INPUT -> step.saves(x);
      case OUTPUT -> step.saves(output);
    }
    return output;
  }

  static Phantom square(Tape tape, Phantom x) {
    return unary(tape, x, Keeps.INPUT);
  }

  static Phantom inverseRoot(Tape tape, Phantom x) {
    return unary(tape, x, Keeps.OUTPUT);
  }

  private static Value inPlace(Tape tape, Phantom x) {
    Phantom same = x.view(x.layout());
    tape.step().reads(x).makes(same).passesGradientTo(x);
    return same;
  }

  private static Value convert(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    NumberType type =
        arguments.isTensor(1)
            ? arguments.tensor(1).type()
            : NumberType.of((int) arguments.number(1, "dtype", -1));
    return convert(tape, x, type);
  }

  static Phantom convert(Tape tape, Phantom x, NumberType type) {
    if (type == x.type()) {
      return x;
    }
    Phantom output = Phantom.fresh(type, x.layout().compacted(), x.needsGradient());
    tape.step().reads(x).makes(output).computesGradientOf(x);
    return output;
  }

  /** Of two tensors, of a tensor and a number, or of two numbers. */
  private static Operation arithmetic(Operation ofTensors, DoubleBinaryOperator ofNumbers) {
    return (tape, arguments) -> {
      if (arguments.isTensor(0) && arguments.isTensor(1)) {
        return ofTensors.apply(tape, arguments);
      }
      return hasTensor(arguments)
          ? scaled(tape, arguments)
          : ScalarOperations.of(ofNumbers, arguments);
    };
  }

  private static Phantom sum(Tape tape, Arguments arguments) {
    boolean isScaled = arguments.named().containsKey("alpha");
    return sum(tape, arguments.tensor(0), arguments.tensor(1), isScaled);
  }

  private static Phantom sum(Tape tape, Phantom a, Phantom b, boolean isScaled) {
    Phantom output = output(a, b);
    Step step = tape.step().reads(a, b).makes(output);
    addendGradient(step, a, output, false);
    addendGradient(step, b, output, isScaled);
    return output;
  }

  private static void addendGradient(Step step, Phantom addend, Phantom output, boolean isScaled) {
    if (isWhole(addend, output) && !isScaled) {
      step.passesGradientTo(addend);
    } else {
      step.computesGradientOf(addend);
    }
  }

  private static Phantom product(Tape tape, Arguments arguments) {
    return product(tape, arguments.tensor(0), arguments.tensor(1));
  }

  static Phantom product(Tape tape, Phantom a, Phantom b) {
    Phantom output = output(a, b);
    Step step = tape.step().reads(a, b).makes(output);
    differentiate(step, a, b, output);
    differentiate(step, b, a, output);
    return output;
  }

  /**
   * The gradient of one factor needs the other, and is as large as the result before it is summed.
   */
  private static void differentiate(Step step, Phantom factor, Phantom other, Phantom output) {
    if (factor.needsGradient()) {
      step.saves(other).computesGradientOf(factor);
      step.backwardScratch(isWhole(factor, output) ? 0 : output.bytes());
    }
  }

  private static boolean hasTensor(Arguments arguments) {
    return arguments.isTensor(0) || arguments.isTensor(1);
  }

  /** With a number, nothing is kept. */
  private static Phantom scaled(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(arguments.isTensor(0) ? 0 : 1);
    NumberType type = x.type().isFloating() ? x.type() : NumberType.FLOAT32;
    Phantom output = Phantom.fresh(type, x.layout().compacted(), x.needsGradient());
    tape.step().reads(x).makes(output).computesGradientOf(x);
    return output;
  }

  static Value compare(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    Layout layout =
        arguments.isTensor(1) ? output(x, arguments.tensor(1)).layout() : x.layout().compacted();
    Phantom output = Phantom.fresh(NumberType.BOOL, layout, false);
    tape.step().reads(x).makes(output);
    return output;
  }

  private static Value selectLarger(Tape tape, Arguments arguments) {
    Phantom a = arguments.tensor(0);
    Phantom b = arguments.tensor(1);
    Phantom output = output(a, b);
    tape.step()
        .reads(a, b)
        .makes(output)
        .saves(a)
        .saves(b)
        .computesGradientOf(a)
        .computesGradientOf(b);
    return output;
  }

  private static Value fillMasked(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    Phantom mask = arguments.tensor(1);
    Phantom output = Phantom.fresh(x.type(), x.layout().compacted(), x.needsGradient());
    tape.step().reads(x, mask).makes(output).saves(mask).computesGradientOf(x);
    return output;
  }

  private static Value choose(Tape tape, Arguments arguments) {
    Phantom condition = arguments.tensor(0);
    Phantom like = arguments.tensor(arguments.isTensor(1) ? 1 : 2);
    Phantom other = arguments.isTensor(2) ? arguments.tensor(2) : like;
    Phantom values = output(like, other);
    Layout layout =
        Layout.contiguous(Layout.broadcast(condition.layout().shape(), values.layout().shape()));
    Phantom output = Phantom.fresh(values.type(), layout, values.needsGradient());
    tape.step()
        .reads(condition, like, other)
        .makes(output)
        .saves(condition)
        .computesGradientOf(like)
        .computesGradientOf(other);
    return output;
  }

  private static Value concatenate(Tape tape, Arguments arguments) {
    List<Phantom> pieces = arguments.tensors(0);
    Phantom first = pieces.get(0);
    long dimension = arguments.whole(1, "dim", 0);
    long size = pieces.stream().mapToLong(piece -> piece.layout().size(dimension)).sum();
    Phantom output =
        Phantom.fresh(
            first.type(),
            Layout.contiguous(first.layout().narrowed(dimension, size).shape()),
            pieces.stream().anyMatch(Phantom::needsGradient));
    Step step = tape.step().makes(output);
    pieces.forEach(piece -> step.reads(piece).passesGradientTo(piece));
    return output;
  }

  /** What an operation on two tensors makes: laid out like the one that has the whole shape. */
  private static Phantom output(Phantom a, Phantom b) {
    List<Long> shape = Layout.broadcast(a.layout().shape(), b.layout().shape());
    Layout layout =
        a.layout().shape().equals(shape)
            ? a.layout().compacted()
            : b.layout().shape().equals(shape) ? b.layout().compacted() : Layout.contiguous(shape);
    return Phantom.fresh(type(a, b), layout, a.needsGradient() || b.needsGradient());
  }

  private static NumberType type(Phantom a, Phantom b) {
    if (a.type().isFloating() != b.type().isFloating()) {
      return a.type().isFloating() ? a.type() : b.type();
    }
    if (a.layout().rank() == 0 || b.layout().rank() == 0) {
      return a.layout().rank() == 0 ? b.type() : a.type();
    }
    return a.type().bytes() >= b.type().bytes() ? a.type() : b.type();
  }

  private static boolean isWhole(Phantom side, Phantom output) {
    return side.layout().elements() == output.layout().elements();
  }
}
