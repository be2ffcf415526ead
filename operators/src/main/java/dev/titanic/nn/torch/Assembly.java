package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.family.Part;
import dev.titanic.nn.family.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a partition's parameters while its parts are put together, in the model's order. */
final class Assembly {
  private final PtNDManager owner;
  private final ParameterSource source;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  Assembly(PtNDManager owner, ParameterSource source) {
    this.owner = owner;
    this.source = source;
  }

  /** Loads the weights of one layer; a weight that is here already is tied to it. */
  LoadedPart part(Part part, int layer) {
    List<Leaf> leaves = new ArrayList<>();
    for (Weight weight : part.weights()) {
      Parameter known = parameters.get(weight.name());
      if (known != null) {
        leaves.add(known.tie());
      } else {
        Parameter parameter = source.load(owner, weight, layer);
        parameters.put(weight.name(), parameter);
        leaves.add(parameter.leaf());
      }
    }
    return new LoadedPart(layer, leaves);
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }
}
