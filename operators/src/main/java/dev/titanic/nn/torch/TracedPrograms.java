package dev.titanic.nn.torch;

import static java.util.stream.Collectors.joining;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.graph.ArchivedTensor;
import dev.titanic.nn.graph.GraphPart;
import dev.titanic.nn.graph.TracedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads parts of a traced model as programs, with the tensors that are not trained. */
final class TracedPrograms {
  private TracedPrograms() {}

  /**
   * @param parts whose methods the program gets
   * @param more methods that call them
   */
  static Program load(PtNDManager owner, TracedModel model, List<GraphPart> parts, String more) {
    String methods = parts.stream().map(GraphPart::source).collect(joining("\n"));
    Map<String, String> tensors = new LinkedHashMap<>();
    parts.forEach(part -> tensors.putAll(part.tensors()));
    return Program.load(
        owner, String.join("\n", GraphPart.PACKING, methods, more), attributes(model, tensors));
  }

  /**
   * Reads tensors of a model.
   *
   * @param names by attribute
   */
  static List<Archive.Attribute> attributes(TracedModel model, Map<String, String> names) {
    List<Archive.Attribute> attributes = new ArrayList<>();
    names.forEach(
        (attribute, name) -> {
          ArchivedTensor tensor = model.tensor(name);
          attributes.add(
              new Archive.Attribute(
                  attribute, tensor.kind(), tensor.shape(), model.elements(name)));
        });
    return attributes;
  }
}
