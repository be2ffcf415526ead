package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.StoredTensor;
import dev.titanic.nn.family.Part;
import dev.titanic.nn.family.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a partition's weights while its parts are put together, in the model's order. */
final class Assembly {
  private final PtNDManager owner;
  private final ModelDirectory model;
  private final ParameterSource source;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, PtNDArray> frozen = new HashMap<>();

  /**
   * @param model where frozen weights come from
   * @param source where trained weights come from
   */
  Assembly(PtNDManager owner, ModelDirectory model, ParameterSource source) {
    this.owner = owner;
    this.model = model;
    this.source = source;
  }

  /** Loads the weights of one layer; a weight that is here already is tied to it. */
  LoadedPart part(Program program, Part part, int layer) {
    List<PtNDArray> arrays = new ArrayList<>();
    for (Weight weight : part.weights()) {
      arrays.add(weight.trained() ? trained(weight, layer) : frozen(weight));
    }
    return new LoadedPart(program, layer, arrays);
  }

  private PtNDArray trained(Weight weight, int layer) {
    Parameter known = parameters.get(weight.name());
    if (known != null) {
      return known.tie().array();
    }
    Parameter parameter = source.load(owner, weight, layer);
    parameters.put(weight.name(), parameter);
    return parameter.leaf().array();
  }

  /** Without a gradient there is nothing to keep apart: all uses share one array. */
  private PtNDArray frozen(Weight weight) {
    return frozen.computeIfAbsent(
        weight.name(),
        name -> {
          StoredTensor stored = model.weight(name, weight.spec().shape());
          PtNDArray array = Transfer.in(owner, weight.spec(), stored::copyTo);
          array.setName(Program.WEIGHTS);
          return array;
        });
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }
}
