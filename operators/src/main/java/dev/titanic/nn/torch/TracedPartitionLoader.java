package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.graph.GraphPart;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.state.PartitionState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads partitions of a traced model, cut in one way, for training with AdamW. */
public final class TracedPartitionLoader implements PartitionLoader {
  private static final String STAGE = "stage";

  private final TracedModel model;
  private final SequenceLimits limits;
  private final List<Integer> cut;
  private final TrainingSettings settings;
  private final ComputeDevice device;

  /**
   * @param cut positions of boundaries, one more than stages
   */
  TracedPartitionLoader(
      TracedModel model,
      SequenceLimits limits,
      List<Integer> cut,
      TrainingSettings settings,
      ComputeDevice device) {
    this.model = model;
    this.limits = limits;
    this.cut = List.copyOf(cut);
    this.settings = settings;
    this.device = device;
  }

  /**
   * @param cut from {@link TracedCut#choose}
   */
  public static TracedPartitionLoader of(
      TracedDirectory directory, Cut cut, TrainingSettings settings, ComputeDevice device) {
    requireSupported(settings);
    return new TracedPartitionLoader(
        directory.model(), directory.limits(), TracedDirectory.boundaries(cut), settings, device);
  }

  /** Fails with a {@link ModelException} that begins with the configuration's key. */
  public static void requireSupported(TrainingSettings settings) {
    if (settings.lora() != null) {
      throw new ModelException(
          "training.lora: the layers of a traced model are not known by name: leave it out");
    }
    if (settings.compute() != ComputeType.FLOAT32) {
      throw new ModelException(
          "model.dtype: a traced model computes as it was traced: use float32");
    }
    if (settings.recompute()) {
      throw new ModelException("training.recompute: a traced model has no blocks: use false");
    }
  }

  @Override
  public OwnerPartition owner(@Nullable PartitionState state) {
    GraphPart first = model.part(TracedOwner.FIRST, cut, 0);
    GraphPart last = model.part(TracedOwner.LAST, cut, cut.size());
    List<GraphPart> parts = List.of(first, last);
    Origin origin = origin(0, parts, state);
    return Torch.inNewScope(
        device,
        scope -> {
          Program program = TracedPrograms.load(scope, model, parts, TracedOwner.LOSS);
          TracedAssembly assembly = new TracedAssembly(scope, model, source(origin));
          TracedPart firstPart = assembly.part(program, TracedOwner.FIRST, first);
          TracedPart lastPart = assembly.part(program, TracedOwner.LAST, last);
          return new TracedOwner(
              loaded(origin, scope, program, assembly), limits, firstPart, lastPart);
        });
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    if (stageIndex < 1 || stageIndex >= cut.size()) {
      throw new IllegalArgumentException("stage " + stageIndex + " of " + (cut.size() - 1));
    }
    return part(stageIndex, state);
  }

  /** Any part of a model that takes float32, also the first and the last one. */
  TorchStage part(int index, @Nullable PartitionState state) {
    GraphPart part = model.part(STAGE, cut, index);
    Origin origin = origin(index, List.of(part), state);
    return Torch.inNewScope(
        device,
        scope -> {
          Program program = TracedPrograms.load(scope, model, List.of(part), "");
          TracedAssembly assembly = new TracedAssembly(scope, model, source(origin));
          TracedPart loaded = assembly.part(program, STAGE, part);
          return new TorchStage(
              loaded(origin, scope, program, assembly),
              (pass, input, seeds, training) -> new WholeGraph(pass, input, loaded.run(input)));
        });
  }

  private Origin origin(int partition, List<GraphPart> parts, @Nullable PartitionState state) {
    Set<String> weights = new LinkedHashSet<>();
    parts.forEach(part -> weights.addAll(part.weights()));
    String base = "part %d between %s of %s".formatted(partition, cut, model.hash(weights));
    return new Origin(partition, base, state);
  }

  private ParameterSource source(Origin origin) {
    return origin.state() == null ? ParameterSource.of(model) : ParameterSource.of(origin.state());
  }

  private Loaded loaded(
      Origin origin, PtNDManager scope, Program program, TracedAssembly assembly) {
    return new Loaded(
        origin.partition(),
        origin.base(),
        model.weights().size(),
        scope,
        settings.noise(),
        program,
        new Parameters(
            scope,
            program,
            settings.optimizer(),
            assembly.parameters(),
            List.of(),
            origin.optimizerSteps()));
  }
}
