package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeType;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.StoredTensor;
import dev.titanic.nn.family.Part;
import dev.titanic.nn.family.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Collects a partition's weights while its parts are put together, in the model's order. */
final class Assembly {
  private final PtNDManager owner;
  private final ModelDirectory model;
  private final ParameterSource source;
  private final ComputeType type;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, PtNDArray> frozen = new HashMap<>();
  private final List<Narrowed> narrowed = new ArrayList<>();

  /**
   * @param model where frozen weights come from
   * @param source where trained weights come from
   * @param type in which linear layers multiply
   */
  Assembly(PtNDManager owner, ModelDirectory model, ParameterSource source, ComputeType type) {
    this.owner = owner;
    this.model = model;
    this.source = source;
    this.type = type;
  }

  /** Loads the weights of one layer; a weight that is here already is tied to it. */
  LoadedPart part(Program program, Part part, int layer) {
    Set<String> narrow = type == ComputeType.FLOAT32 ? Set.of() : part.factors();
    List<Supplier<PtNDArray>> weights = new ArrayList<>();
    for (Weight weight : part.weights()) {
      boolean isNarrow = narrow.contains(weight.name());
      weights.add(
          weight.trained()
              ? trained(program, weight, layer, isNarrow)
              : frozen(program, weight, isNarrow));
    }
    boolean learns = part.weights().stream().anyMatch(Weight::trained);
    return new LoadedPart(program, layer, learns, weights);
  }

  private Supplier<PtNDArray> trained(Program program, Weight weight, int layer, boolean isNarrow) {
    Parameter known = parameters.get(weight.name());
    Leaf leaf;
    if (known != null) {
      leaf = known.tie();
    } else {
      Parameter parameter = source.load(owner, weight, layer);
      parameters.put(weight.name(), parameter);
      leaf = parameter.leaf();
    }
    if (!isNarrow) {
      return leaf::array;
    }
    Narrowed copy = new Narrowed(program, leaf.array());
    narrowed.add(copy);
    return copy;
  }

  /**
   * Without a gradient there is nothing to keep apart: all uses share one array. One that is only
   * multiplied with is held in the compute type alone.
   */
  private Supplier<PtNDArray> frozen(Program program, Weight weight, boolean isNarrow) {
    String key = isNarrow ? weight.name() + " in " + type : weight.name();
    PtNDArray array =
        frozen.computeIfAbsent(
            key,
            use -> {
              PtNDArray stored = stored(weight);
              return isNarrow ? narrow(program, stored) : stored;
            });
    return () -> array;
  }

  private PtNDArray stored(Weight weight) {
    StoredTensor stored = model.weight(weight.name(), weight.spec().shape());
    PtNDArray array = Transfer.in(owner, weight.spec(), stored::copyTo);
    array.setName(Program.WEIGHTS);
    return array;
  }

  private static PtNDArray narrow(Program program, PtNDArray wide) {
    try (wide) {
      PtNDArray narrow = program.call("narrowed", wide, List.of());
      narrow.setName(Program.WEIGHTS);
      return narrow;
    }
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /** Copies that must be made anew after every update. */
  List<Narrowed> narrowed() {
    return List.copyOf(narrowed);
  }
}
