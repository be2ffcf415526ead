package dev.titanic.nn.family;

import static java.util.stream.Collectors.joining;

import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which linear layers of a model get adapters, by PEFT's rule: a target is a module's path, or its
 * end from a dot on.
 *
 * @param names defaults and all-linear spelt out
 */
record Targets(List<String> names) {
  /** PEFT's defaults for all families: what attention projects to queries and values. */
  private static final List<String> DEFAULTS =
      List.of("q_proj", "v_proj", "c_attn", "query_key_value");

  Targets {
    names = List.copyOf(names);
  }

  /**
   * Finds the targets in a model.
   *
   * @param wanted as in {@link Lora#targets}
   * @throws ModelException naming the valid ones, when one matches no linear layer
   */
  static Targets of(Architecture architecture, List<String> wanted) {
    if (wanted.equals(List.of(Lora.ALL_LINEAR))) {
      return allLinear(architecture);
    }
    List<String> paths = paths(architecture.parts()).toList();
    if (wanted.isEmpty()) {
      return defaults(architecture, paths);
    }
    for (String target : wanted) {
      if (!matchesAny(target, paths)) {
        throw invalid(target + ": matches no linear layer of the model", paths);
      }
    }
    return new Targets(wanted);
  }

  /** All but the output head, named within their blocks. */
  private static Targets allLinear(Architecture architecture) {
    return new Targets(
        Stream.concat(Stream.of(architecture.embedding()), architecture.blocks().stream())
            .flatMap(Targets::linears)
            .map(Linear::name)
            .distinct()
            .toList());
  }

  private static Targets defaults(Architecture architecture, List<String> paths) {
    List<String> present = DEFAULTS.stream().filter(target -> matchesAny(target, paths)).toList();
    if (present.isEmpty()) {
      throw invalid("missing, and there is no default for " + architecture.modelType(), paths);
    }
    return new Targets(present);
  }

  private static ModelException invalid(String what, List<String> paths) {
    String valid =
        paths.stream()
            .map(path -> path.substring(path.lastIndexOf('.') + 1))
            .distinct()
            .collect(joining(", "));
    return new ModelException(
        "targets: %s: use %s, or only %s".formatted(what, valid, Lora.ALL_LINEAR));
  }

  private static Stream<String> paths(Stream<Part> parts) {
    return parts.flatMap(part -> linears(part).map(linear -> part.prefix() + linear.name()));
  }

  private static Stream<Linear> linears(Part part) {
    return part.submodules().stream().filter(Linear.class::isInstance).map(Linear.class::cast);
  }

  private static boolean matchesAny(String target, List<String> paths) {
    return paths.stream().anyMatch(path -> matches(target, path));
  }

  private static boolean matches(String target, String path) {
    return path.equals(target) || path.endsWith("." + target);
  }

  /** Whether a layer gets an adapter. */
  boolean include(Part part, Linear linear) {
    return names.stream().anyMatch(target -> matches(target, part.prefix() + linear.name()));
  }
}
