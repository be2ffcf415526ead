package dev.titanic.nn.partition;

import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.Part;
import dev.titanic.nn.family.Weight;
import dev.titanic.nn.trace.NumberType;
import dev.titanic.nn.trace.PassCost;
import dev.titanic.nn.trace.Phantom;
import dev.titanic.nn.trace.ShapeProgram;
import dev.titanic.nn.trace.Trace;
import dev.titanic.nn.trace.Value;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs an architecture's program on shapes, as the engine would run it in training. */
final class CostTracer {
  /** What training adds behind the logits. */
  private static final String LOSS =
      """

      def loss(self, hidden: Tensor, targets: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        logits = torch.flatten(self.logits(hidden, weights, noise), 0, 1)
        each = torch.cross_entropy_loss(logits, torch.flatten(targets), None, 0, -100, 0.)
        return torch.sum(each, dtype=7)
      """;

  private final Architecture architecture;
  private final BatchShape batch;
  private final ShapeProgram program;
  private final Trace tables;

  /** Blocks share a program, so that the shapes of their weights tell them apart. */
  private final Map<List<TensorSpec>, PassCost> blockPasses = new HashMap<>();

  CostTracer(Architecture architecture, BatchShape batch) {
    this.architecture = architecture;
    this.batch = batch;
    this.program = ShapeProgram.of(architecture.program() + LOSS);
    this.tables = program.run("tables", positions());
  }

  ModelCost cost() {
    return new ModelCost(
        batch,
        cost(architecture.embedding(), embeddingPass()),
        architecture.blocks().stream().map(block -> cost(block, blockPass(block))).toList(),
        cost(architecture.head(), headPass()),
        tied(),
        tables.resultBytes(),
        4L * batch.sequences() * batch.tokens() * architecture.hidden());
  }

  /** Tables are made for the least power of two that the longest sequence needs. */
  private Phantom positions() {
    long power = Math.max(1, 2L * Integer.highestOneBit(batch.tokens() - 1));
    long tokens = Math.min(architecture.maxTokens(), power);
    return Phantom.lasting(NumberType.INT64, List.of(tokens), false);
  }

  private PassCost embeddingPass() {
    return program
        .run(
            "embed",
            tokens(),
            Value.tensors(tables.lastingResults()),
            weights(architecture.embedding()),
            Value.noise())
        .cost();
  }

  private PassCost blockPass(Part block) {
    List<TensorSpec> specs = block.weights().stream().map(Weight::spec).toList();
    return blockPasses.computeIfAbsent(
        specs,
        unused ->
            program
                .run(
                    "block",
                    hidden(),
                    Value.tensors(tables.lastingResults()),
                    weights(block),
                    Value.noise())
                .cost());
  }

  private PassCost headPass() {
    return program
        .run("loss", hidden(), tokens(), weights(architecture.head()), Value.noise())
        .cost();
  }

  private Phantom tokens() {
    return Phantom.input(
        NumberType.INT64, List.of((long) batch.sequences(), (long) batch.tokens()), false);
  }

  private Phantom hidden() {
    return Phantom.input(
        NumberType.FLOAT32,
        List.of((long) batch.sequences(), (long) batch.tokens(), (long) architecture.hidden()),
        true);
  }

  private static Value weights(Part part) {
    return Value.tensors(
        part.weights().stream()
            .map(weight -> Phantom.lasting(NumberType.FLOAT32, weight.spec().shape(), true))
            .toList());
  }

  private static PartCost cost(Part part, PassCost pass) {
    return new PartCost(
        elements(part.weights()),
        elements(part.weights()),
        bytes(part.weights()),
        bytes(part.weights()),
        pass);
  }

  private ModelCost.Tied tied() {
    List<Weight> shared =
        architecture.head().weights().stream()
            .filter(architecture.embedding().weights()::contains)
            .toList();
    return new ModelCost.Tied(elements(shared), elements(shared), bytes(shared), bytes(shared));
  }

  private static long elements(List<Weight> weights) {
    return weights.stream().mapToLong(weight -> weight.spec().elements()).sum();
  }

  private static long bytes(List<Weight> weights) {
    return weights.stream().mapToLong(weight -> weight.spec().bytes()).sum();
  }
}
