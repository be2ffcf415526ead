package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program in TorchScript, to be run on shapes. */
public final class ShapeProgram {
  private static final String OWN = "self.";

  private final Map<String, Method> methods;

  private ShapeProgram(Map<String, Method> methods) {
    this.methods = methods;
  }

  /**
   * Reads a program.
   *
   * @param source methods without indentation, as {@code nn.family} writes them
   * @throws IllegalArgumentException when it is not in the subset that is understood
   */
  public static ShapeProgram of(String source) {
    return new ShapeProgram(Parser.parse(source));
  }

  /**
   * Runs a method.
   *
   * @throws IllegalArgumentException when it calls a function whose cost is not known, or with
   *     shapes that do not fit
   */
  public ShapeRun run(String method, Value... arguments) {
    Tape tape = new Tape();
    Value result = call(tape, method, List.of(arguments));
    return new ShapeRun(tape, List.of(arguments), result);
  }

  private Value call(Tape tape, String name, List<Value> arguments) {
    Method method = methods.get(name);
    if (method == null || method.parameters().size() != arguments.size()) {
      throw new IllegalArgumentException(
          "no method %s of %d arguments".formatted(name, arguments.size()));
    }
    Frame frame = new Frame(tape);
    for (int index = 0; index < arguments.size(); index++) {
      frame.variables.put(method.parameters().get(index), arguments.get(index));
    }
    Value result = frame.run(method.body());
    return result == null ? Value.Nothing.NOTHING : result;
  }

  /** A call under way. */
  private final class Frame {
    private final Tape tape;
    private final Map<String, Value> variables = new HashMap<>();

    Frame(Tape tape) {
      this.tape = tape;
    }

    /** Returns what the statements return, null when they go on. */
    private @Nullable Value run(List<Statement> statements) {
      for (Statement statement : statements) {
        Value result = run(statement);
        if (result != null) {
          return result;
        }
      }
      return null;
    }

    private @Nullable Value run(Statement statement) {
      if (statement instanceof Statement.Return end) {
        return evaluate(end.value());
      } else if (statement instanceof Statement.If choice) {
        return run(isTrue(evaluate(choice.condition())) ? choice.then() : choice.otherwise());
      } else if (statement instanceof Statement.For loop) {
        return run(loop);
      } else if (statement instanceof Statement.Assign assign) {
        assign(assign.targets(), evaluate(assign.value()));
      }
      return null;
    }

    private @Nullable Value run(Statement.For loop) {
      for (Value item : Arguments.of(evaluate(loop.list())).items(0)) {
        variables.put(loop.name(), item);
        Value result = run(loop.body());
        if (result != null) {
          return result;
        }
      }
      return null;
    }

    private void assign(List<String> targets, Value value) {
      if (targets.size() == 1) {
        variables.put(targets.get(0), value);
      } else if (!targets.isEmpty()) {
        List<Value> items = Arguments.of(value).items(0);
        for (int index = 0; index < targets.size(); index++) {
          variables.put(targets.get(index), items.get(index));
        }
      }
    }

    private Value evaluate(Expression expression) {
      if (expression instanceof Expression.Constant constant) {
        return constant.value();
      } else if (expression instanceof Expression.Name name) {
        return variable(name.name());
      } else if (expression instanceof Expression.Items items) {
        return new Value.Items(evaluate(items.items()));
      } else if (expression instanceof Expression.Item item) {
        Arguments of = Arguments.of(evaluate(item.list()), evaluate(item.index()));
        return of.items(0).get((int) of.whole(1));
      } else if (expression instanceof Expression.Call call) {
        return evaluate(call);
      }
      throw new IllegalStateException("not an expression: " + expression);
    }

    private List<Value> evaluate(List<Expression> expressions) {
      List<Value> values = new ArrayList<>();
      expressions.forEach(expression -> values.add(evaluate(expression)));
      return values;
    }

    private Value evaluate(Expression.Call call) {
      if (call.function().equals("annotate")) {
        return evaluate(call.arguments().get(1)); // the first is a type
      }
      List<Value> arguments = evaluate(call.arguments());
      if (call.function().startsWith(OWN)) {
        return call(tape, call.function().substring(OWN.length()), arguments);
      }
      Map<String, Value> named = new HashMap<>();
      call.named().forEach((name, value) -> named.put(name, evaluate(value)));
      return Operations.named(call.function()).apply(tape, new Arguments(arguments, named));
    }

    private Value variable(String name) {
      Value value = variables.get(name);
      if (value == null) {
        throw new IllegalArgumentException("no variable " + name);
      }
      return value;
    }

    private static boolean isTrue(Value condition) {
      return Arguments.of(condition).number(0) != 0;
    }
  }
}
