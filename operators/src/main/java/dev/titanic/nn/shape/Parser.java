package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the subset of TorchScript that programs are written in. */
final class Parser {
  private final Tokens tokens;

  private Parser(String source) {
    this.tokens = Tokens.of(source);
  }

  /** All methods by name. */
  static Map<String, Method> parse(String source) {
    Parser parser = new Parser(source);
    Map<String, Method> methods = new LinkedHashMap<>();
    while (!parser.tokens.isNext(Tokens.END)) {
      Method method = parser.method();
      methods.put(method.name(), method);
    }
    return methods;
  }

  private Method method() {
    tokens.expect("def");
    String name = tokens.take();
    tokens.expect("(");
    tokens.expect("self");
    List<String> parameters = new ArrayList<>();
    while (tokens.skip(",")) {
      parameters.add(tokens.take());
      tokens.expect(":");
      expression(); // its type
    }
    tokens.expect(")");
    tokens.expect("->");
    expression();
    return new Method(name, List.copyOf(parameters), block());
  }

  private List<Statement> block() {
    tokens.expect(":");
    tokens.expect(Tokens.NEWLINE);
    tokens.expect(Tokens.INDENT);
    List<Statement> statements = new ArrayList<>();
    while (!tokens.skip(Tokens.DEDENT)) {
      statements.add(statement());
    }
    return List.copyOf(statements);
  }

  private Statement statement() {
    if (tokens.skip("if")) {
      Expression condition = expression();
      List<Statement> then = block();
      return new Statement.If(condition, then, tokens.skip("else") ? block() : List.of());
    }
    if (tokens.skip("for")) {
      String name = tokens.take();
      tokens.expect("in");
      return new Statement.For(name, expression(), block());
    }
    Statement statement =
        tokens.skip("return") ? new Statement.Return(expression()) : assignment(expression());
    tokens.expect(Tokens.NEWLINE);
    return statement;
  }

  /** {@code a = x}, {@code a, b, = x}, {@code a: T = x}, or just {@code x}. */
  private Statement assignment(Expression first) {
    if (tokens.isNext(Tokens.NEWLINE)) {
      return new Statement.Assign(List.of(), first);
    }
    List<String> targets = new ArrayList<>(List.of(name(first)));
    if (tokens.skip(":")) {
      expression(); // its type
    }
    while (tokens.skip(",")) {
      if (!tokens.isNext("=")) {
        targets.add(tokens.take());
      } else if (targets.size() == 1) {
        throw new IllegalArgumentException("a list of one is taken apart into " + targets);
      }
    }
    tokens.expect("=");
    return new Statement.Assign(List.copyOf(targets), expression());
  }

  private static String name(Expression expression) {
    if (expression instanceof Expression.Name name) {
      return name.name();
    }
    throw new IllegalArgumentException("assignment to " + expression);
  }

  private Expression expression() {
    Expression expression = operand();
    while (tokens.skip("[")) {
      expression = new Expression.Item(expression, expression());
      tokens.expect("]");
    }
    return expression;
  }

  private Expression operand() {
    if (tokens.skip("-")) {
      return constant(new Value.Scalar(-number(tokens.take())));
    }
    if (tokens.skip("[")) {
      return new Expression.Items(list("]"));
    }
    String token = tokens.take();
    if (token.startsWith("\"")) {
      return constant(new Value.Text(token.substring(1, token.length() - 1)));
    }
    if (Character.isDigit(token.charAt(0)) || token.equals("inf")) {
      return constant(new Value.Scalar(number(token)));
    }
    return switch (token) {
      case "None" -> constant(Value.Nothing.NOTHING);
      case "True" -> constant(Value.Scalar.of(true));
      case "False" -> constant(Value.Scalar.of(false));
      default -> tokens.skip("(") ? call(token) : new Expression.Name(token);
    };
  }

  private Expression call(String function) {
    List<Expression> arguments = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skip(")")) {
      Expression argument = expression();
      if (tokens.skip("=")) {
        named.put(name(argument), expression());
      } else {
        arguments.add(argument);
      }
      if (!tokens.isNext(")")) {
        tokens.expect(",");
      }
    }
    return new Expression.Call(function, List.copyOf(arguments), named);
  }

  private List<Expression> list(String end) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skip(end)) {
      items.add(expression());
      if (!tokens.isNext(end)) {
        tokens.expect(",");
      }
    }
    return List.copyOf(items);
  }

  private static Expression constant(Value value) {
    return new Expression.Constant(value);
  }

  private static double number(String token) {
    return token.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(token);
  }
}
