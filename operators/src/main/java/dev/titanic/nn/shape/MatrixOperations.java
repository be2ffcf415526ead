package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Products of matrices, and what is built from them. */
final class MatrixOperations {
  private MatrixOperations() {}

  static void addTo(Map<String, Operation> operations) {
    operations.put("torch.linear", MatrixOperations::linear);
    operations.put("torch.embedding", MatrixOperations::embedding);
    operations.put("torch.outer", MatrixOperations::outer);
    operations.put("torch.matmul", MatrixOperations::matmul);
    operations.put("torch.bmm", MatrixOperations::matmul);
    operations.put("torch.mm", MatrixOperations::matmul);
    operations.put("torch.scaled_dot_product_attention", MatrixOperations::attention);
  }

  /** {@code linear(x, weight, bias)}: weight is (out, in). */
  private static Value linear(Tape tape, Arguments arguments) {
    Phantom x = arguments.tensor(0);
    Phantom weight = arguments.tensor(1);
    List<Long> shape = new ArrayList<>(x.layout().shape());
    shape.set(shape.size() - 1, weight.layout().size(0));
    boolean hasBias = arguments.isTensor(2);
    boolean needsGradient =
        x.needsGradient()
            || weight.needsGradient()
            || hasBias && arguments.tensor(2).needsGradient();
    Phantom output = Phantom.fresh(x.type(), Layout.contiguous(shape), needsGradient);
    Step step = multiply(tape, x, weight, output, weight.layout().size(1));
    if (hasBias) {
      step.reads(arguments.tensor(2)).computesGradientOf(arguments.tensor(2));
    }
    return output;
  }

  /** Each factor is kept for the gradient of the other. */
  private static Step multiply(Tape tape, Phantom a, Phantom b, Phantom output, long inner) {
    double flops = 2.0 * output.layout().elements() * inner;
    int gradients = (a.needsGradient() ? 1 : 0) + (b.needsGradient() ? 1 : 0);
    Step step = tape.step().reads(a, b).makes(output).flops(flops, gradients * flops);
    if (b.needsGradient()) {
      step.saves(a);
    }
    if (a.needsGradient()) {
      step.saves(b);
    }
    return step.computesGradientOf(a).computesGradientOf(b);
  }

  /** Keeps the indices. */
  private static Value embedding(Tape tape, Arguments arguments) {
    Phantom table = arguments.tensor(0);
    Phantom indices = arguments.tensor(1);
    List<Long> shape = new ArrayList<>(indices.layout().shape());
    shape.add(table.layout().size(1));
    Phantom output = Phantom.fresh(table.type(), Layout.contiguous(shape), table.needsGradient());
    tape.step().reads(table, indices).makes(output).saves(indices).computesGradientOf(table);
    return output;
  }

  private static Value outer(Tape tape, Arguments arguments) {
    Phantom a = arguments.tensor(0);
    Phantom b = arguments.tensor(1);
    Phantom column = ViewOperations.reshape(tape, a, List.of(a.layout().elements(), 1L));
    return ElementwiseOperations.product(tape, column, b);
  }

  /** As batches of matrices: what strides cannot say in three dimensions is copied first. */
  private static Value matmul(Tape tape, Arguments arguments) {
    Phantom a = arguments.tensor(0);
    Phantom b = arguments.tensor(1);
    long inner = a.layout().size(-1);
    List<Long> batch = Layout.broadcast(batch(a), batch(b));
    List<Long> shape = new ArrayList<>(batch);
    shape.add(a.layout().size(-2));
    shape.add(b.layout().size(-1));
    Phantom output =
        Phantom.fresh(a.type(), Layout.contiguous(shape), a.needsGradient() || b.needsGradient());
    Step unused =
        multiply(tape, asMatrices(tape, a, batch), asMatrices(tape, b, batch), output, inner);
    return output;
  }

  private static List<Long> batch(Phantom x) {
    return x.layout().shape().subList(0, x.layout().rank() - 2);
  }

  private static Phantom asMatrices(Tape tape, Phantom x, List<Long> batch) {
    if (batch.isEmpty()) {
      return x;
    }
    List<Long> shape = new ArrayList<>(batch);
    shape.add(x.layout().size(-2));
    shape.add(x.layout().size(-1));
    Phantom expanded = shape.equals(x.layout().shape()) ? x : x.view(x.layout().expanded(shape));
    return ViewOperations.reshape(
        tape, expanded, List.of(-1L, x.layout().size(-2), x.layout().size(-1)));
  }

  /**
   * Flash attention: keeps queries, keys, values, the result and one number for each row of scores,
   * never the scores; its backward pass computes these again.
   */
  private static Value attention(Tape tape, Arguments arguments) {
    Phantom q = arguments.tensor(0);
    Phantom k = arguments.tensor(1);
    Phantom v = arguments.tensor(2);
    boolean causal = arguments.number(5, "is_causal", 0) != 0;
    Layout rows = q.layout();
    Phantom output = Phantom.fresh(q.type(), attended(rows), q.needsGradient());
    Phantom scales =
        Phantom.fresh(NumberType.FLOAT32, Layout.contiguous(rows.shape().subList(0, 3)), false);
    double scores = (double) rows.elements() * k.layout().size(2) * (causal ? 0.5 : 1);
    Step step = tape.step().reads(q, k, v).makes(output).makes(scales);
    step.saves(q).saves(k).saves(v).saves(output).saves(scales).flops(4 * scores, 10 * scores);
    if (arguments.isTensor(3)) {
      step.reads(arguments.tensor(3)).saves(arguments.tensor(3));
    }
    List.of(q, k, v).forEach(step::computesGradientOf);
    return output;
  }

  /**
   * The kernel writes (batch, tokens, heads, size), and shows it as (batch, heads, tokens, size).
   */
  private static Layout attended(Layout queries) {
    return Layout.contiguous(queries.transposed(1, 2).shape()).transposed(1, 2);
  }
}
