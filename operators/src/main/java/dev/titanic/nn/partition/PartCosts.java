package dev.titanic.nn.partition;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.Part;
import dev.titanic.nn.shape.NumberType;
import dev.titanic.nn.shape.PassCost;
import dev.titanic.nn.shape.Phantom;
import dev.titanic.nn.shape.ShapeProgram;
import dev.titanic.nn.shape.ShapeRun;
import dev.titanic.nn.shape.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs an architecture's program on shapes, as the engine would run it in training. */
final class PartCosts {
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
  private final ComputeType compute;
  private final boolean recompute;
  private final ShapeProgram program;
  private final ShapeRun tables;

  /** By program: like blocks share one. */
  private final Map<String, PassCost> blockPasses = new HashMap<>();

  PartCosts(Architecture architecture, BatchShape batch, ComputeType compute, boolean recompute) {
    this.architecture = architecture;
    this.batch = batch;
    this.compute = compute;
    this.recompute = recompute;
    this.program = ShapeProgram.of(architecture.program(0, compute) + LOSS);
    this.tables = program.run("tables", positions());
  }

  ModelCost cost() {
    return new ModelCost(
        batch,
        cost(architecture.embedding(), embeddingPass()),
        IntStream.range(0, architecture.blocks().size()).mapToObj(this::block).toList(),
        cost(architecture.head(), headPass()),
        tied(),
        tables.resultBytes(),
        boundaryBytes());
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

  private PartCost block(int index) {
    Part block = architecture.blocks().get(index);
    return cost(
        block,
        blockPasses.computeIfAbsent(
            architecture.program(index, compute),
            source -> blockPass(ShapeProgram.of(source), block)));
  }

  private PassCost blockPass(ShapeProgram own, Part block) {
    PassCost pass =
        own.run(
                "block",
                hidden(),
                Value.tensors(tables.lastingResults()),
                weights(block),
                Value.noise())
            .cost();
    return recompute ? recomputed(pass) : pass;
  }

  /** A graph keeps the block's input, and the backward pass runs the block again. */
  private PassCost recomputed(PassCost pass) {
    return new PassCost(
        boundaryBytes(),
        boundaryBytes(),
        pass.forwardPeak(),
        Math.max(pass.forwardPeak(), pass.backwardPeak()) + boundaryBytes(),
        pass.forwardFlops(),
        pass.forwardFlops() + pass.backwardFlops());
  }

  private long boundaryBytes() {
    return (long) Float.BYTES * batch.sequences() * batch.tokens() * architecture.hidden();
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

  private Value weights(Part part) {
    Set<String> narrow = narrow(part);
    return Value.tensors(
        part.weights().stream()
            .map(
                weight ->
                    Phantom.lasting(
                        narrow.contains(weight.name()) ? NumberType.BFLOAT16 : NumberType.FLOAT32,
                        weight.spec().shape(),
                        weight.trained()))
            .toList());
  }

  /** Names of the weights that are held in the narrow type; the trained ones also in float32. */
  private Set<String> narrow(Part part) {
    return switch (compute) {
      case FLOAT32 -> Set.of();
      case BFLOAT16 -> part.factors();
    };
  }

  private PartCost cost(Part part, PassCost pass) {
    return new PartCost(WeightCost.of(part.weights(), narrow(part)), pass);
  }

  private WeightCost tied() {
    return WeightCost.of(
        architecture.head().weights().stream()
            .filter(architecture.embedding().weights()::contains)
            .toList(),
        Set.of());
  }
}
