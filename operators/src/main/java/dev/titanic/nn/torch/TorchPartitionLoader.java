package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.FreshAdapters;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.Weight;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.state.PartitionState;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Loads partitions of a model directory, cut in one way, for training with AdamW. */
public final class TorchPartitionLoader implements PartitionLoader {
  private static final int EMBEDDING_LAYER = 0;

  private final ModelDirectory model;
  private final Architecture base;
  private final Architecture architecture;
  private final Cut cut;
  private final TrainingSettings settings;
  private final ComputeDevice device;

  /** With every default filled in; null without adapters. */
  private final @Nullable Lora lora;

  /**
   * Fails with a {@link ModelException} when the model is not supported, the cut not its own, or a
   * target of adapters not in it.
   */
  public TorchPartitionLoader(
      ModelDirectory model, Cut cut, TrainingSettings settings, ComputeDevice device) {
    this.model = model;
    this.cut = cut;
    this.settings = settings;
    this.device = device;
    this.base = Architecture.of(model.config());
    if (settings.lora() == null) {
      this.architecture = base;
      this.lora = null;
    } else {
      Adapters adapters = Adapters.of(base, settings.lora());
      this.architecture = adapters.architecture();
      this.lora = adapters.settings();
    }
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
          Programs programs = new Programs(scope, architecture);
          Assembly assembly = new Assembly(scope, model, source(0, state));
          LoadedPart embedding =
              assembly.part(programs.any(), architecture.embedding(), EMBEDDING_LAYER);
          List<LoadedPart> blocks = blocks(0, programs, assembly);
          LoadedPart head = assembly.part(programs.any(), architecture.head(), cut.layers() - 1);
          return new TorchOwner(
              loaded(0, state, scope, programs, assembly, blocks),
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
          Programs programs = new Programs(scope, architecture);
          Assembly assembly = new Assembly(scope, model, source(stageIndex, state));
          List<LoadedPart> blocks = blocks(stageIndex, programs, assembly);
          return new TorchStage(loaded(stageIndex, state, scope, programs, assembly, blocks));
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
    if (state != null) {
      return ParameterSource.of(state, partition);
    }
    if (lora == null) {
      return ParameterSource.of(model);
    }
    return lora.initial() == null
        ? ParameterSource.of(new FreshAdapters(settings.noise().seed()))
        : ParameterSource.of(AdapterDirectory.open(Path.of(lora.initial())));
  }

  /** What a trained state of a partition belongs to: the same weights when it was first loaded. */
  private String identity(int partition, @Nullable PartitionState state) {
    String hash = model.hash(base.weights(cut, partition).stream().map(Weight::name).toList());
    String identity = lora == null ? hash : hash + " with LoRA of " + lora.fingerprint();
    if (state != null && !state.base().equals(identity)) {
      throw new ModelException(
          "state of partition %d: was trained from weights %s: use that model, this one has %s"
              .formatted(partition, state.base(), identity));
    }
    return identity;
  }

  private List<LoadedPart> blocks(int partition, Programs programs, Assembly assembly) {
    return IntStream.range(cut.firstBlock(partition), cut.endBlock(partition))
        .mapToObj(
            block -> assembly.part(programs.of(block), architecture.blocks().get(block), block + 1))
        .toList();
  }

  private Loaded loaded(
      int partition,
      @Nullable PartitionState state,
      PtNDManager scope,
      Programs programs,
      Assembly assembly,
      List<LoadedPart> blocks) {
    Program program = programs.any();
    long optimizerSteps = state == null ? 0 : state.optimizerSteps();
    return new Loaded(
        partition,
        identity(partition, state),
        cut.layers(),
        scope,
        settings.noise(),
        program,
        new Parameters(scope, program, settings.optimizer(), assembly.parameters(), optimizerSteps),
        new Tables(scope, program, architecture.maxTokens()),
        new Blocks(blocks));
  }
}
