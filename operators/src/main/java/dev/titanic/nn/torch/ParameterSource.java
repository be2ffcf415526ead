package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.FreshAdapters;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.StoredTensor;
import dev.titanic.nn.family.Weight;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.schemas.state.PartitionState;
import java.util.HashMap;
import java.util.Map;

/** Where a partition's parameters come from. */
@FunctionalInterface
interface ParameterSource {

  /** Loads one parameter into the owner's scope. */
  Parameter load(PtNDManager owner, Weight weight, int layer);

  /** The base model. */
  static ParameterSource of(ModelDirectory model) {
    return (owner, weight, layer) -> {
      StoredTensor stored = model.weight(weight.name(), weight.spec().shape());
      return Parameter.of(owner, weight, layer, stored::copyTo);
    };
  }

  /** Adapters that go on from a PEFT directory. */
  static ParameterSource of(AdapterDirectory adapters) {
    return (owner, weight, layer) -> {
      StoredTensor stored = adapters.weight(weight.name(), weight.spec().shape());
      return Parameter.of(owner, weight, layer, stored::copyTo);
    };
  }

  /** Adapters at the start of training. */
  static ParameterSource of(FreshAdapters adapters) {
    return (owner, weight, layer) ->
        Parameter.of(
            owner,
            weight,
            layer,
            target -> adapters.copyTo(weight.name(), weight.spec().shape(), target));
  }

  /** A traced model. */
  static ParameterSource of(TracedModel model) {
    return (owner, weight, layer) ->
        Parameter.of(owner, weight, layer, target -> model.copyTo(weight.name(), target));
  }

  /** A trained state. */
  static ParameterSource of(PartitionState state) {
    Map<String, PartitionState.Parameter> byName = new HashMap<>();
    state.tensors().forEach(parameter -> byName.put(parameter.name(), parameter));
    return (owner, weight, layer) -> {
      PartitionState.Parameter stored = byName.get(weight.name());
      if (stored == null || !stored.value().spec().equals(weight.spec())) {
        throw new ModelException(
            "state of partition %d: has no %s of %s: use a whole one"
                .formatted(state.partition(), weight.name(), weight.spec()));
      }
      return Parameter.of(owner, weight, layer, stored);
    };
  }
}
