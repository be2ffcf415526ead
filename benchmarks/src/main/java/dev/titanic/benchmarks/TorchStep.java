package dev.titanic.benchmarks;

import dev.titanic.nn.ComputeType;
import java.nio.file.Path;
import java.util.List;

/**
 * A training step by a whole partition against the same step in plain PyTorch, in float32 and in
 * bfloat16. Arguments: rounds, steps to warm up, steps to measure.
 */
public final class TorchStep {
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 3;
  private static final int STEPS = 10;

  private TorchStep() {}

  public static void main(String[] values) throws Exception {
    Arguments arguments = Arguments.of(values);
    Workload workload = new Workload(arguments.get(1, WARM_UP), arguments.get(2, STEPS));
    Machine.print(System.out);
    System.out.printf("%s, %d tokens measured in every turn%n%n", workload, workload.tokens());
    try (ScratchDirectory scratch = ScratchDirectory.create()) {
      compare(RandomLlama.write(scratch.path()), workload, arguments.get(0, ROUNDS));
    }
  }

  private static void compare(Path model, Workload workload, int rounds) throws Exception {
    Contender own = new PlainLoop("partition", model, ComputeType.FLOAT32, workload);
    Contender python = new PythonTorch("PyTorch", model, ComputeType.FLOAT32, workload);
    Contender ownNarrow = new PlainLoop("partition bf16", model, ComputeType.BFLOAT16, workload);
    Contender pythonNarrow = new PythonTorch("PyTorch bf16", model, ComputeType.BFLOAT16, workload);
    Comparison comparison =
        new Comparison(System.out, "token", List.of(own, python, ownNarrow, pythonNarrow));
    comparison.run(rounds);
    System.out.println();
    comparison.printRatio(python, own, "target: our speed, this ratio, at least 0.97");
    comparison.printRatio(pythonNarrow, ownNarrow, "target: at least 0.95");
    comparison.printRatio(own, ownNarrow, "what bfloat16 gains");
  }
}
