package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.Weight;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Loads partitions of a model directory, cut in one way, for training with AdamW. */
public final class TorchPartitionLoader implements PartitionLoader {
  private static final int EMBEDDING_LAYER = 0;

  private final ModelDirectory model;
  private final Architecture architecture;
  private final Cut cut;
  private final TrainingSettings settings;
  private final ComputeDevice device;

  /** Fails with a {@link ModelException} when the model is not supported or the cut not its own. */
  public TorchPartitionLoader(
      ModelDirectory model, Cut cut, TrainingSettings settings, ComputeDevice device) {
    this.model = model;
    this.architecture = Architecture.of(model.config());
    this.cut = cut;
    this.settings = settings;
    this.device = device;
    if (cut.blocks() != architecture.blocks().size()) {
      throw new ModelException(
          "%s: has %d blocks: the cut is for %d"
              .formatted(model.path(), architecture.blocks().size(), cut.blocks()));
    }
  }

  @Override
  public OwnerPartition owner(@Nullable PartitionState state) {
    return inNewScope(
        scope -> {
          Assembly assembly = new Assembly(scope, source(0, state));
          LoadedPart embedding = assembly.part(architecture.embedding(), EMBEDDING_LAYER);
          List<LoadedPart> blocks = blocks(0, assembly);
          LoadedPart head = assembly.part(architecture.head(), cut.layers() - 1);
          return new TorchOwner(
              loaded(0, state, scope, assembly, blocks),
              architecture.vocabulary(),
              embedding,
              head);
        });
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    if (stageIndex < 1 || stageIndex > cut.stages()) {
      throw new IllegalArgumentException("stage " + stageIndex + " of " + cut.stages());
    }
    return inNewScope(
        scope -> {
          Assembly assembly = new Assembly(scope, source(stageIndex, state));
          List<LoadedPart> blocks = blocks(stageIndex, assembly);
          return new TorchStage(loaded(stageIndex, state, scope, assembly, blocks));
        });
  }

  /** The scope becomes the partition's; it is closed here only when loading fails. */
  private <T> T inNewScope(Function<PtNDManager, T> load) {
    PtNDManager scope = Torch.newScope(device);
    Torch.onThisThread(false);
    boolean complete = false;
    try {
      T partition = load.apply(scope);
      complete = true;
      return partition;
    } finally {
      if (!complete) {
        scope.close();
      }
    }
  }

  private ParameterSource source(int partition, @Nullable PartitionState state) {
    return state == null ? ParameterSource.of(model) : ParameterSource.of(state, partition);
  }

  /** What a trained state of a partition belongs to: the same weights when it was first loaded. */
  private String base(int partition, @Nullable PartitionState state) {
    String base =
        model.hash(architecture.weights(cut, partition).stream().map(Weight::name).toList());
    if (state != null && !state.base().equals(base)) {
      throw new ModelException(
          "state of partition %d: was trained from weights %s: use that model, this one has %s"
              .formatted(partition, state.base(), base));
    }
    return base;
  }

  private List<LoadedPart> blocks(int partition, Assembly assembly) {
    return IntStream.range(cut.firstBlock(partition), cut.endBlock(partition))
        .mapToObj(block -> assembly.part(architecture.blocks().get(block), block + 1))
        .toList();
  }

  private Loaded loaded(
      int partition,
      @Nullable PartitionState state,
      PtNDManager scope,
      Assembly assembly,
      List<LoadedPart> blocks) {
    Program program = Program.load(scope, architecture.program());
    long optimizerSteps = state == null ? 0 : state.optimizerSteps();
    return new Loaded(
        partition,
        base(partition, state),
        cut.layers(),
        scope,
        settings.noise(),
        program,
        new Parameters(scope, program, settings.optimizer(), assembly.parameters(), optimizerSteps),
        new Tables(scope, program, architecture.maxTokens()),
        new Blocks(program, blocks));
  }
}
