package dev.titanic.nn.graph;

import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.Expression.Attribute;
import dev.titanic.nn.graph.Expression.Call;
import dev.titanic.nn.graph.Expression.ListOf;
import dev.titanic.nn.graph.Expression.Name;
import dev.titanic.nn.graph.Expression.TupleOf;
import dev.titanic.nn.graph.Operand.Literal;
import dev.titanic.nn.graph.Operand.Several;
import dev.titanic.nn.graph.Operand.Variable;
import dev.titanic.nn.graph.ScriptClass.Assignment;
import dev.titanic.nn.graph.ScriptClass.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a tree of modules into one straight line, by writing every called method in its place. */
final class Inliner {
  private static final Set<String> CONVERSIONS = Set.of("int", "float", "bool");
  private static final Set<String> CASTS = Set.of("annotate", "unchecked_cast");
  private static final Set<String> WORDS = Set.of("None", "True", "False", "inf", "nan");

  /** Whatever device a model was traced on, it computes where its input is. */
  private static final Literal HERE = new Literal("ops.prim.device(x)");

  private final ScriptArchive archive;
  private final StoredTensors stored;
  private final List<Operation> operations = new ArrayList<>();
  private int variables;

  /** What a name stands for while a method is written: a module or an operand. */
  private sealed interface Value {
    record Module(ScriptModule module) implements Value {}

    record Of(Operand operand) implements Value {}
  }

  private Inliner(ScriptArchive archive) {
    this.archive = archive;
    this.stored = new StoredTensors(archive);
  }

  static StraightLine inline(ScriptArchive archive) {
    return new Inliner(archive).whole();
  }

  private StraightLine whole() {
    Method forward = method(archive.file().toString(), archive.root(), "forward");
    if (forward.parameters().size() != 1) {
      throw new ModelException(
          "%s: forward takes %d arguments: trace a model with one, a tensor"
              .formatted(forward.place(), forward.parameters().size()));
    }
    Variable input = newVariable();
    Value result = inlined(archive.root(), forward, List.of(new Value.Of(input)));
    if (result instanceof Value.Of of && of.operand() instanceof Variable output) {
      return new StraightLine(input, operations, output, stored.used());
    }
    throw new ModelException(
        forward.place() + ": returns more than a tensor: trace a model that returns one tensor");
  }

  private Method method(String place, ScriptModule module, String name) {
    Method method = archive.classOf(module).methods().get(name);
    if (method == null) {
      throw Unsupported.at(place, module.className() + " without a method " + name);
    }
    return method;
  }

  private Value inlined(ScriptModule module, Method method, List<Value> arguments) {
    if (arguments.size() != method.parameters().size()) {
      throw Unsupported.at(method.place(), "a call with " + arguments.size() + " arguments");
    }
    Map<String, Value> names = new HashMap<>();
    names.put("self", new Value.Module(module));
    for (int i = 0; i < arguments.size(); i++) {
      names.put(method.parameters().get(i), arguments.get(i));
    }
    Body body = new Body(names);
    method.assignments().forEach(body::assign);
    return body.value(method.place(), method.result());
  }

  private Variable newVariable() {
    return new Variable(variables++);
  }

  private List<Variable> newVariables(int count) {
    List<Variable> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(newVariable());
    }
    return results;
  }

  /** One call of a method. */
  private final class Body {
    private final Map<String, Value> names;

    private Body(Map<String, Value> names) {
      this.names = names;
    }

    private void assign(Assignment assignment) {
      List<String> targets = assignment.targets();
      Value value = value(assignment.place(), assignment.value());
      if (targets.size() == 1) {
        names.put(targets.get(0), value);
        return;
      }
      List<? extends Operand> elements = elements(assignment, operand(assignment.place(), value));
      for (int i = 0; i < targets.size(); i++) {
        names.put(targets.get(i), new Value.Of(elements.get(i)));
      }
    }

    private List<? extends Operand> elements(Assignment assignment, Operand whole) {
      int count = assignment.targets().size();
      if (whole instanceof Several several && several.elements().size() == count) {
        return several.elements();
      }
      if (!(whole instanceof Variable)) {
        throw Unsupported.at(assignment.place(), "taking apart '" + assignment.value() + "'");
      }
      List<Variable> results = newVariables(count);
      operations.add(
          new Operation(assignment.place(), results, Operation.UNPACK, List.of(whole), Map.of()));
      return results;
    }

    private Operand operand(String place, Value value) {
      if (value instanceof Value.Of of) {
        return of.operand();
      }
      throw Unsupported.at(place, "a module as a value");
    }

    private Operand operand(String place, Expression expression) {
      return operand(place, value(place, expression));
    }

    private List<Operand> operands(String place, List<Expression> expressions) {
      List<Operand> operands = new ArrayList<>();
      expressions.forEach(expression -> operands.add(operand(place, expression)));
      return operands;
    }

    private Value value(String place, Expression expression) {
      if (expression instanceof Expression.Literal literal) {
        return new Value.Of(new Literal(literal.text()));
      }
      if (expression instanceof Name name) {
        return named(place, name.name());
      }
      if (expression instanceof Attribute attribute) {
        return attribute(place, attribute);
      }
      if (expression instanceof Call call) {
        return called(place, call);
      }
      if (expression instanceof ListOf list) {
        return new Value.Of(new Several("", false, operands(place, list.elements())));
      }
      if (expression instanceof TupleOf tuple) {
        return new Value.Of(new Several("", true, operands(place, tuple.elements())));
      }
      throw Unsupported.at(place, "'" + expression + "'");
    }

    private Value named(String place, String name) {
      Value value = names.get(name);
      if (value != null) {
        return value;
      }
      if (WORDS.contains(name)) {
        return new Value.Of(new Literal(name));
      }
      throw Unsupported.at(place, "'" + name + "'");
    }

    private Value attribute(String place, Attribute attribute) {
      if (attribute.of() instanceof Name name && name.name().equals("CONSTANTS")) {
        return new Value.Of(stored.constant(place, attribute.name()));
      }
      if (value(place, attribute.of()) instanceof Value.Module of) {
        return attribute(place, of.module(), attribute.name());
      }
      throw Unsupported.at(place, "'" + attribute + "'");
    }

    private Value attribute(String place, ScriptModule module, String name) {
      if (!module.attributes().containsKey(name)) {
        throw Unsupported.at(place, "attribute " + name + " of " + module.className());
      }
      Object value = module.attributes().get(name);
      if (value instanceof ScriptModule submodule) {
        return new Value.Module(submodule);
      }
      return new Value.Of(
          value instanceof ArchivedTensor tensor ? stored.named(tensor) : literal(place, value));
    }

    private Operand literal(String place, @Nullable Object value) {
      if (value == null) {
        return new Literal("None");
      }
      if (value instanceof Boolean truth) {
        return new Literal(truth ? "True" : "False");
      }
      if (value instanceof Long || value instanceof Double) {
        return new Literal(value.toString());
      }
      throw Unsupported.at(place, "an attribute that is neither module, tensor nor number");
    }

    private Value called(String place, Call call) {
      if (call.function() instanceof Name name) {
        return name.name().equals("getattr")
            ? getAttribute(place, call)
            : new Value.Of(builtIn(place, name.name(), call));
      }
      if (call.function() instanceof Attribute method
          && !isNamespace(method.of())
          && value(place, method.of()) instanceof Value.Module of) {
        List<Value> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(value(place, argument)));
        return inlined(of.module(), method(place, of.module(), method.name()), arguments);
      }
      return new Value.Of(operation(place, call));
    }

    /** Whether an expression begins with a name that no variable has, such as {@code torch}. */
    private boolean isNamespace(Expression expression) {
      Expression root = expression;
      while (root instanceof Attribute attribute) {
        root = attribute.of();
      }
      return root instanceof Name name && !names.containsKey(name.name());
    }

    private Value getAttribute(String place, Call call) {
      if (call.arguments().size() == 2
          && call.arguments().get(1) instanceof Expression.Literal name
          && value(place, call.arguments().get(0)) instanceof Value.Module of) {
        return attribute(place, of.module(), SourceParser.unquoted(name.text()));
      }
      throw Unsupported.at(place, "'" + call + "'");
    }

    private Operand builtIn(String place, String function, Call call) {
      if (CASTS.contains(function) && call.arguments().size() == 2) {
        String type = call.arguments().get(0).toString();
        return cast(place, function, type, operand(place, call.arguments().get(1)));
      }
      if (CONVERSIONS.contains(function) && call.arguments().size() == 1) {
        Operand from = operand(place, call.arguments().get(0));
        return from instanceof Literal literal
            ? new Literal(function + "(" + literal.text() + ")")
            : added(place, function, List.of(from), Map.of());
      }
      throw Unsupported.at(place, "'" + call + "'");
    }

    private Operand cast(String place, String function, String type, Operand from) {
      if (from instanceof Several several) {
        return new Several(type, several.tuple(), several.elements());
      }
      if (from instanceof Literal literal) {
        return new Literal(function + "(" + type + ", " + literal.text() + ")");
      }
      return added(place, function, List.of(new Literal(type), from), Map.of());
    }

    private Operand operation(String place, Call call) {
      String function = call.function().toString();
      Functions.requireSupported(place, function);
      if (function.equals("torch.device")) {
        return HERE;
      }
      Map<String, Operand> keywords = new LinkedHashMap<>();
      List<Operand> arguments = operands(place, call.arguments());
      call.keywords().forEach((key, value) -> keywords.put(key, operand(place, value)));
      return added(place, function, arguments, keywords);
    }

    private Operand added(
        String place, String function, List<Operand> arguments, Map<String, Operand> keywords) {
      Variable result = newVariable();
      operations.add(new Operation(place, List.of(result), function, arguments, keywords));
      return result;
    }
  }
}
