package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operations along a dimension: sums, norms, softmax, the loss. */
final class ReductionOperations {
  private ReductionOperations() {}

  static void addTo(Map<String, Operation> operations) {
    operations.put("torch.sum", ReductionOperations::reduce);
    operations.put("torch.mean", ReductionOperations::reduce);
    operations.put("torch.cumsum", (tape, arguments) -> cumulate(tape, arguments));
    operations.put("torch.softmax", ReductionOperations::softmax);
    operations.put("torch.log_softmax", ReductionOperations::softmax);
    operations.put("torch.layer_norm", ReductionOperations::layerNorm);
    operations.put("torch.rms_norm", ReductionOperations::rmsNorm);
    operations.put("torch.cross_entropy_loss", ReductionOperations::crossEntropy);
  }

  private static Value reduce(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    double code = arguments.number(Integer.MAX_VALUE, "dtype", -1);
    Phantom input =
        code < 0 ? x : ElementwiseOperations.convert(tape, x, NumberType.of((int) code));
    List<Long> dimensions =
        arguments.get(1) instanceof Value.Items ? arguments.sizes(1) : List.of();
    boolean keeps = arguments.number(2, "keepdim", 0) != 0;
    return reduce(tape, input, dimensions, keeps);
  }

  /** Without dimensions, over all. */
  private static Phantom reduce(Tape tape, Phantom x, List<Long> dimensions, boolean keeps) {
    List<Integer> reduced =
        dimensions.stream().map(dimension -> x.layout().dimension(dimension)).toList();
    List<Long> shape = new ArrayList<>();
    for (int dimension = 0; dimension < x.layout().rank(); dimension++) {
      boolean isReduced = dimensions.isEmpty() || reduced.contains(dimension);
      if (!isReduced) {
        shape.add(x.layout().shape().get(dimension));
      } else if (keeps) {
        shape.add(1L);
      }
    }
    Phantom output = Phantom.fresh(x.type(), Layout.contiguous(shape), x.needsGradient());
    tape.step().reads(x).makes(output).computesGradientOf(x);
    return output;
  }

  private static Value cumulate(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    NumberType type = x.type().isFloating() ? x.type() : NumberType.INT64;
    Phantom output = Phantom.fresh(type, x.layout().compacted(), x.needsGradient());
    tape.step().reads(x).makes(output).computesGradientOf(x);
    return output;
  }

  private static Value softmax(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    double code = arguments.number(2, "dtype", -1);
    return softmax(
        tape, code < 0 ? x : ElementwiseOperations.convert(tape, x, NumberType.of((int) code)));
  }

  private static Phantom softmax(Tape tape, Phantom x) {
    Phantom output =
        Phantom.fresh(x.type(), Layout.contiguous(x.layout().shape()), x.needsGradient());
    tape.step().reads(x).makes(output).saves(output).computesGradientOf(x);
    return output;
  }

  /** Keeps its input, and mean and scale of every row. */
  private static Value layerNorm(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    List<Long> rows = rows(x, arguments.sizes(1).size());
    Phantom output =
        Phantom.fresh(x.type(), Layout.contiguous(x.layout().shape()), x.needsGradient());
    Phantom mean = Phantom.fresh(NumberType.FLOAT32, Layout.contiguous(rows), false);
    Phantom scale = Phantom.fresh(NumberType.FLOAT32, Layout.contiguous(rows), false);
    Step step = tape.step().reads(x).makes(output).makes(mean).makes(scale);
    step.saves(x).saves(mean).saves(scale).computesGradientOf(x);
    for (int weight : List.of(2, 3)) {
      if (arguments.isTensor(weight)) {
        step.reads(arguments.tensor(weight)).computesGradientOf(arguments.tensor(weight));
      }
    }
    return output;
  }

  private static List<Long> rows(Phantom x, int normalized) {
    return x.layout().shape().subList(0, x.layout().rank() - normalized);
  }

  /** No kernel of its own: a composition, each piece of which keeps what it needs. */
  private static Value rmsNorm(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    Phantom wide = widened(tape, x);
    Phantom squares = ElementwiseOperations.square(tape, wide);
    Phantom mean = reduce(tape, squares, List.of(-1L), true);
    Phantom normed =
        ElementwiseOperations.product(tape, wide, ElementwiseOperations.inverseRoot(tape, mean));
    Phantom output = ElementwiseOperations.convert(tape, normed, x.type());
    return arguments.isTensor(2)
        ? ElementwiseOperations.product(tape, output, arguments.tensor(2))
        : output;
  }

  private static Phantom widened(Tape tape, Phantom x) {
    return x.type().bytes() < NumberType.FLOAT32.bytes()
        ? ElementwiseOperations.convert(tape, x, NumberType.FLOAT32)
        : x;
  }

  /** Log-softmax, of which the result is kept, and the loss of every row. */
  private static Value crossEntropy(Tape tape, Arguments arguments) {
    Phantom logs = softmax(tape, arguments.tensor(0));
    Phantom targets = arguments.tensor(1);
    Phantom losses =
        Phantom.fresh(
            logs.type(), Layout.contiguous(targets.layout().shape()), logs.needsGradient());
    tape.step()
        .reads(logs, targets)
        .makes(losses)
        .saves(logs)
        .saves(targets)
        .computesGradientOf(logs);
    return losses;
  }
}
