package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.family.Weight;
import dev.titanic.nn.graph.GraphPart;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the parameters of a traced partition while its parts are put together. For squared norms
 * each is a layer of its own, so that they do not depend on the cut.
 */
final class TracedAssembly {
  private final PtNDManager owner;
  private final TracedModel model;
  private final ParameterSource source;
  private final List<String> layers;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  TracedAssembly(PtNDManager owner, TracedModel model, ParameterSource source) {
    this.owner = owner;
    this.model = model;
    this.source = source;
    this.layers = model.weights();
  }

  /** Loads the weights of a part; one that is here already is tied to it. */
  TracedPart part(Program program, String method, GraphPart part) {
    List<Leaf> leaves = new ArrayList<>();
    for (String name : part.weights()) {
      Parameter known = parameters.get(name);
      if (known != null) {
        leaves.add(known.tie());
      } else {
        Parameter parameter = source.load(owner, weight(name), layers.indexOf(name));
        parameters.put(name, parameter);
        leaves.add(parameter.leaf());
      }
    }
    return new TracedPart(program, method, leaves);
  }

  private Weight weight(String name) {
    return new Weight(name, new TensorSpec(ElementType.FLOAT32, model.tensor(name).shape()), true);
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }
}
