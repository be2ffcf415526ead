package dev.titanic.nn.shape;

import java.util.List;
import java.util.Map;

/** New tensors. */
final class FactoryOperations {
  private FactoryOperations() {}

  static void addTo(Map<String, Operation> operations) {
    operations.put("torch.arange", (tape, arguments) -> arange(tape, arguments));
    for (String name : List.of("torch.zeros", "torch.ones", "torch.empty", "torch.full")) {
      operations.put(
          name,
          (tape, arguments) ->
              make(
                  tape,
                  type(arguments, NumberType.FLOAT32),
                  Layout.contiguous(arguments.sizes(0))));
    }
    operations.put(
        "torch.new_full",
        (tape, arguments) ->
            make(
                tape,
                type(arguments, arguments.tensor(0).type()),
                Layout.contiguous(arguments.sizes(1))));
    for (String name : List.of("torch.zeros_like", "torch.ones_like", "torch.empty_like")) {
      operations.put(
          name,
          (tape, arguments) -> {
            Phantom like = arguments.tensor(0);
            return make(tape, type(arguments, like.type()), like.layout().compacted());
          });
    }
  }

  private static Value arange(Tape tape, Arguments arguments) {
    double start = arguments.count() > 1 ? arguments.number(0) : 0;
    double end = arguments.number(arguments.count() > 1 ? 1 : 0);
    double step = arguments.count() > 2 ? arguments.number(2) : 1;
    long size = (long) Math.ceil((end - start) / step);
    return make(tape, type(arguments, NumberType.INT64), Layout.contiguous(List.of(size)));
  }

  private static NumberType type(Arguments arguments, NumberType absent) {
    double code = arguments.number(Integer.MAX_VALUE, "dtype", -1);
    return code < 0 ? absent : NumberType.of((int) code);
  }

  private static Phantom make(Tape tape, NumberType type, Layout layout) {
    Phantom made = Phantom.fresh(type, layout, false);
    tape.step().makes(made);
    return made;
  }
}
