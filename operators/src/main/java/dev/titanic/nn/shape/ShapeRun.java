package dev.titanic.nn.shape;

import java.util.List;

/** What a method of a program does when it is run on shapes. */
public final class ShapeRun {
  private final Tape tape;
  private final List<Value> arguments;
  private final Value result;

  ShapeRun(Tape tape, List<Value> arguments, Value result) {
    this.tape = tape;
    this.arguments = arguments;
    this.result = result;
  }

  /** The tensors of a method that returns a list, as things that last. */
  public List<Phantom> lastingResults() {
    return Arguments.of(result).tensors(0).stream().map(Phantom::kept).toList();
  }

  /** Bytes of all results. */
  public long resultBytes() {
    return tensors(result).stream().mapToLong(Phantom::bytes).sum();
  }

  public PassCost cost() {
    List<Phantom> inputs = arguments.stream().flatMap(value -> tensors(value).stream()).toList();
    return Lifetimes.cost(tape.steps(), inputs, tensors(result));
  }

  private static List<Phantom> tensors(Value value) {
    if (value instanceof Phantom tensor) {
      return List.of(tensor);
    }
    return value instanceof Value.Items items
        ? items.items().stream().flatMap(item -> tensors(item).stream()).toList()
        : List.of();
  }
}
