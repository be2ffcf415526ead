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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  /** Of partitions that are expected. */
  private final Map<Integer, CompletableFuture<String>> hashes = new HashMap<>();

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
    Origin origin = origin(0, state);
    return Torch.inNewScope(
        device,
        scope -> {
          Programs programs = new Programs(scope, architecture, settings.compute());
          Assembly assembly = new Assembly(scope, model, source(origin), settings.compute());
          LoadedPart embedding =
              assembly.part(programs.any(), architecture.embedding(), EMBEDDING_LAYER);
          Blocks blocks = blocks(0, programs, assembly);
          LoadedPart head = assembly.part(programs.any(), architecture.head(), cut.layers() - 1);
          return new TorchOwner(
              loaded(origin, scope, programs, assembly),
              architecture.vocabulary(),
              tables(scope, programs),
              embedding,
              blocks,
              head);
        });
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    if (stageIndex < 1 || stageIndex > cut.stages()) {
      throw new IllegalArgumentException("stage " + stageIndex + " of " + cut.stages());
    }
    Origin origin = origin(stageIndex, state);
    return Torch.inNewScope(
        device,
        scope -> {
          Programs programs = new Programs(scope, architecture, settings.compute());
          Assembly assembly = new Assembly(scope, model, source(origin), settings.compute());
          Blocks blocks = blocks(stageIndex, programs, assembly);
          return new TorchStage(
              loaded(origin, scope, programs, assembly), pass(tables(scope, programs), blocks));
        });
  }

  private static StagePass pass(Tables tables, Blocks blocks) {
    return (scope, input, seeds, training) -> {
      long tokens = input.getShape().get(1);
      return blocks.forward(scope, input, true, tables.upTo(tokens), seeds, training);
    };
  }

  private ParameterSource source(Origin origin) {
    if (origin.state() != null) {
      return ParameterSource.of(origin.state());
    }
    if (lora == null) {
      return ParameterSource.of(model);
    }
    return lora.initial() == null
        ? ParameterSource.of(new FreshAdapters(settings.noise().seed()))
        : ParameterSource.of(AdapterDirectory.open(Path.of(lora.initial())));
  }

  private Origin origin(int partition, @Nullable PartitionState state) {
    String hash = hash(partition);
    String adapters = lora == null ? "" : " with LoRA of " + lora.fingerprint();
    return new Origin(partition, cut.describe(partition) + " of " + hash + adapters, state);
  }

  /** Reads all weights of the partition, which takes longer than all else but their transfer. */
  @Override
  public void expect(int partition) {
    hashes.put(partition, CompletableFuture.supplyAsync(() -> computeHash(partition)));
  }

  private String hash(int partition) {
    CompletableFuture<String> expected = hashes.remove(partition);
    if (expected == null) {
      return computeHash(partition);
    }
    try {
      return expected.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ModelException unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  private String computeHash(int partition) {
    return model.hash(base.weights(cut, partition).stream().map(Weight::name).toList());
  }

  private Blocks blocks(int partition, Programs programs, Assembly assembly) {
    return new Blocks(
        IntStream.range(cut.firstBlock(partition), cut.endBlock(partition))
            .mapToObj(
                block ->
                    assembly.part(programs.of(block), architecture.blocks().get(block), block + 1))
            .toList(),
        settings.recompute());
  }

  private Tables tables(PtNDManager scope, Programs programs) {
    return new Tables(scope, programs.any(), architecture.maxTokens());
  }

  private Loaded loaded(Origin origin, PtNDManager scope, Programs programs, Assembly assembly) {
    Program program = programs.any();
    return new Loaded(
        origin.partition(),
        origin.base(),
        cut.layers(),
        scope,
        settings.noise(),
        program,
        new Parameters(
            scope,
            program,
            settings.optimizer(),
            assembly.parameters(),
            assembly.narrowed(),
            origin.optimizerSteps()));
  }
}
