package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.family.Weight;
import dev.titanic.nn.graph.GraphPart;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.state.PartitionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads partitions of a traced model, cut in one way, for training with AdamW. */
public final class TracedPartitionLoader implements PartitionLoader {
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
        directory.model(), directory.limits(), TracedCut.positions(cut), settings, device);
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
    return inNewScope(
        scope -> {
          Program program =
              TracedPrograms.load(scope, model, List.of(first, last), TracedOwner.LOSS);
          Weights weights = new Weights(scope, 0, state);
          TracedPart firstPart = new TracedPart(program, TracedOwner.FIRST, weights.of(first));
          TracedPart lastPart = new TracedPart(program, TracedOwner.LAST, weights.of(last));
          return new TracedOwner(
              loaded(0, state, scope, program, weights), limits, firstPart, lastPart);
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
  TracedStage part(int index, @Nullable PartitionState state) {
    String method = "stage";
    GraphPart part = model.part(method, cut, index);
    return inNewScope(
        scope -> {
          Program program = TracedPrograms.load(scope, model, List.of(part), "");
          Weights weights = new Weights(scope, index, state);
          TracedPart loaded = new TracedPart(program, method, weights.of(part));
          return new TracedStage(loaded(index, state, scope, program, weights), loaded);
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

  private Loaded loaded(
      int partition,
      @Nullable PartitionState state,
      PtNDManager scope,
      Program program,
      Weights weights) {
    long optimizerSteps = state == null ? 0 : state.optimizerSteps();
    return new Loaded(
        partition,
        identity(partition, state, weights),
        model.weights().size(),
        scope,
        settings.noise(),
        program,
        new Parameters(
            scope, program, settings.optimizer(), weights.parameters(), List.of(), optimizerSteps));
  }

  /** What a trained state of a partition belongs to: code, and weights when first loaded. */
  private String identity(int partition, @Nullable PartitionState state, Weights weights) {
    String identity = model.hash(weights.byName.keySet());
    if (state != null && !state.base().equals(identity)) {
      throw new ModelException(
          "state of partition %d: was trained from weights %s: use that model, this one has %s"
              .formatted(partition, state.base(), identity));
    }
    return identity;
  }

  /** A partition's parameters; for squared norms each is a layer of its own. */
  private final class Weights {
    private final PtNDManager scope;
    private final ParameterSource source;
    private final List<String> names;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();

    private Weights(PtNDManager scope, int partition, @Nullable PartitionState state) {
      this.scope = scope;
      this.names = model.weights();
      this.source =
          state == null ? ParameterSource.of(model) : ParameterSource.of(state, partition);
    }

    /** Loads the weights of a part; one that is here already is tied to it. */
    private List<Leaf> of(GraphPart part) {
      List<Leaf> leaves = new ArrayList<>();
      for (String name : part.weights()) {
        Parameter known = byName.get(name);
        if (known == null) {
          Parameter parameter = source.load(scope, weight(name), names.indexOf(name));
          byName.put(name, parameter);
          leaves.add(parameter.leaf());
        } else {
          leaves.add(known.tie());
        }
      }
      return leaves;
    }

    private Weight weight(String name) {
      return new Weight(
          name, new TensorSpec(ElementType.FLOAT32, model.tensor(name).shape()), true);
    }

    private List<Parameter> parameters() {
      return List.copyOf(byName.values());
    }
  }
}
