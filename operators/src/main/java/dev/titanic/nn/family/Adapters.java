package dev.titanic.nn.family;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * LoRA as a transformation: targeted linear layers of an architecture get adapters, every other
 * weight is frozen. A family knows nothing of it.
 */
public final class Adapters {
  private final Lora settings;
  private final Architecture architecture;

  private Adapters(Lora settings, Architecture architecture) {
    this.settings = settings;
    this.architecture = architecture;
  }

  /**
   * Adds adapters.
   *
   * @throws ModelException naming the valid targets, when a target matches no linear layer
   */
  public static Adapters of(Architecture base, Lora lora) {
    Targets targets = Targets.of(base, lora.targets());
    Architecture adapted =
        new Architecture(
            base.modelType(),
            base.vocabulary(),
            base.hidden(),
            base.maxTokens(),
            adapted(base.embedding(), targets, lora),
            base.blocks().stream().map(block -> adapted(block, targets, lora)).toList(),
            adapted(base.head(), targets, lora),
            base.source());
    return new Adapters(lora.withTargets(targets.names()), adapted);
  }

  /**
   * Adds the adapters of a PEFT directory.
   *
   * @throws ModelException when they are not for this architecture
   */
  public static Adapters of(Architecture base, AdapterDirectory directory) {
    Adapters adapters;
    try {
      adapters = of(base, directory.settings());
    } catch (ModelException e) {
      throw new ModelException(directory.path() + ": " + e.getMessage(), e);
    }
    directory.requireFits(adapters.weights());
    return adapters;
  }

  private static Part adapted(Part part, Targets targets, Lora lora) {
    return part.map(
        submodule ->
            submodule instanceof Linear linear && targets.include(part, linear)
                ? new Adapted(linear, lora)
                : new Frozen(submodule));
  }

  /** The settings, with every target spelt out. */
  public Lora settings() {
    return settings;
  }

  /** The architecture with adapters, and with all its own weights frozen. */
  public Architecture architecture() {
    return architecture;
  }

  /** Names and shapes of the adapters' weights, in the model's order. */
  public Map<String, TensorSpec> weights() {
    return architecture.trained();
  }

  /** The adapted layers by the full names of the weights that they adapt. */
  Map<String, Adapted> byBaseWeight() {
    Map<String, Adapted> adapted = new LinkedHashMap<>();
    architecture
        .parts()
        .forEach(
            part ->
                part.submodules().stream()
                    .filter(Adapted.class::isInstance)
                    .map(Adapted.class::cast)
                    .forEach(
                        submodule ->
                            adapted.put(
                                submodule.base().weight().in(part.prefix()).name(), submodule)));
    return adapted;
  }

  /** Whether an adapted layer stores its weight as (in, out): {@code fan_in_fan_out} of PEFT. */
  public boolean fanInFanOut() {
    return byBaseWeight().values().stream().anyMatch(adapted -> adapted.base().transposed());
  }
}
