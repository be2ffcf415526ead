package dev.titanic.nn.family;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * LoRA as a transformation: targeted linear layers of an architecture get adapters, every other
 * weight is frozen. A family knows nothing of it.
 */
public final class Adapters {
  /** PEFT's defaults for all families: what attention projects to queries and values. */
  private static final List<String> DEFAULT_TARGETS =
      List.of("q_proj", "v_proj", "c_attn", "query_key_value");

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
    List<LinearModule> linears = linears(base.parts()).toList();
    Lora settings = lora.withTargets(targets(base, lora, linears));
    for (String target : settings.targets()) {
      if (linears.stream().noneMatch(linear -> linear.matches(target))) {
        throw unmatched(target + ": matches no linear layer of the model", linears);
      }
    }
    return new Adapters(settings, transformed(base, settings));
  }

  /** Targets as modules: defaults and all-linear spelt out, as PEFT writes them. */
  private static List<String> targets(Architecture base, Lora lora, List<LinearModule> linears) {
    if (lora.targets().equals(List.of(Lora.ALL_LINEAR))) {
      return linears(Stream.concat(Stream.of(base.embedding()), base.blocks().stream()))
          .map(module -> module.linear.name())
          .distinct()
          .toList();
    }
    if (!lora.targets().isEmpty()) {
      return lora.targets();
    }
    List<String> defaults =
        DEFAULT_TARGETS.stream()
            .filter(target -> linears.stream().anyMatch(linear -> linear.matches(target)))
            .toList();
    if (defaults.isEmpty()) {
      throw unmatched("missing, and there is no default for " + base.modelType(), linears);
    }
    return defaults;
  }

  private static ModelException unmatched(String what, List<LinearModule> linears) {
    return new ModelException(
        "targets: %s: use %s, or only %s"
            .formatted(
                what,
                linears.stream().map(LinearModule::lastName).distinct().collect(joining(", ")),
                Lora.ALL_LINEAR));
  }

  private static Architecture transformed(Architecture base, Lora settings) {
    return new Architecture(
        base.modelType(),
        base.vocabulary(),
        base.hidden(),
        base.maxTokens(),
        transformed(base.embedding(), settings),
        base.blocks().stream().map(block -> transformed(block, settings)).toList(),
        transformed(base.head(), settings),
        base.source());
  }

  private static Part transformed(Part part, Lora settings) {
    return part.map(
        submodule ->
            submodule instanceof Linear linear && isTarget(part, linear, settings)
                ? new Adapted(linear, settings)
                : new Frozen(submodule));
  }

  private static boolean isTarget(Part part, Linear linear, Lora settings) {
    LinearModule module = new LinearModule(part.prefix() + linear.name(), linear);
    return settings.targets().stream().anyMatch(module::matches);
  }

  private static Stream<LinearModule> linears(Stream<Part> parts) {
    return parts.flatMap(
        part ->
            part.submodules().stream()
                .filter(Linear.class::isInstance)
                .map(Linear.class::cast)
                .map(linear -> new LinearModule(part.prefix() + linear.name(), linear)));
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

  /** Whether an adapted layer stores its weight as (in, out): {@code fan_in_fan_out} of PEFT. */
  public boolean fanInFanOut() {
    return architecture
        .parts()
        .flatMap(part -> part.submodules().stream())
        .anyMatch(submodule -> submodule instanceof Adapted adapted && adapted.base().transposed());
  }

  /**
   * A linear layer of the model.
   *
   * @param path of its module in the model
   */
  private record LinearModule(String path, Linear linear) {

    /** PEFT's rule. */
    boolean matches(String target) {
      return path.equals(target) || path.endsWith("." + target);
    }

    String lastName() {
      return path.substring(path.lastIndexOf('.') + 1);
    }
  }
}
