package dev.titanic.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * What the job adds to a training step: K=0 against a plain loop over the same partition, K=1 and
 * K=3 against K=0. Arguments: rounds, steps to warm up, steps to measure.
 */
public final class WholeStep {
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 10;
  private static final int STEPS = 40;

  private WholeStep() {}

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
    Contender plain = new PlainLoop(model, workload);
    Contender without = new TitanicJobRun(model, 0, workload);
    Contender one = new TitanicJobRun(model, 1, workload);
    Contender three = new TitanicJobRun(model, 3, workload);
    Comparison comparison =
        new Comparison(System.out, "token", List.of(plain, without, one, three));
    comparison.run(rounds);
    System.out.println();
    comparison.printRatio(without, plain, "target: CPU time at most 1.02");
    comparison.printRatio(one, without, "target: CPU time at most 1.03");
    comparison.printRatio(three, without, "target: CPU time at most 1.03");
  }
}
