package dev.titanic.nn.graph;

import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.Expression.Attribute;
import dev.titanic.nn.graph.Expression.Call;
import dev.titanic.nn.graph.Expression.ListOf;
import dev.titanic.nn.graph.Expression.Literal;
import dev.titanic.nn.graph.Expression.Name;
import dev.titanic.nn.graph.Expression.Subscript;
import dev.titanic.nn.graph.Expression.TupleOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads expressions from the tokens of one line, by recursive descent. */
final class ExpressionParser {
  private final SourceLine line;
  private int position;

  /**
   * @param position of the first token to read
   */
  ExpressionParser(SourceLine line, int position) {
    this.line = line;
    this.position = position;
  }

  /** Reads the line to its end. */
  Expression last() {
    Expression expression = next();
    if (position != line.tokens().size()) {
      throw unsupported(peek());
    }
    return expression;
  }

  private Expression next() {
    Expression expression = primary();
    while (true) {
      switch (peek()) {
        case "." -> {
          position++;
          expression = new Attribute(expression, take());
        }
        case "(" -> expression = call(expression);
        case "[" -> {
          position++;
          expression = new Subscript(expression, elements("]"));
        }
        default -> {
          return expression;
        }
      }
    }
  }

  private Expression primary() {
    String token = take();
    char first = token.charAt(0);
    if (Character.isDigit(first) || first == '.' && token.length() > 1) {
      return new Literal(token);
    }
    if (first == '"' || first == '\'') {
      return new Literal(token);
    }
    if (Character.isLetter(first) || first == '_') {
      return new Name(token);
    }
    return switch (token) {
      case "-" -> negative();
      case "[" -> new ListOf(elements("]"));
      case "(" -> parenthesized();
      default -> throw unsupported(token);
    };
  }

  private Expression negative() {
    String token = take();
    if (!Character.isDigit(token.charAt(0))) {
      throw unsupported("-" + token);
    }
    return new Literal("-" + token);
  }

  /** One expression in parentheses is itself; a tuple has a comma. */
  private Expression parenthesized() {
    if (peek().equals(")")) {
      position++;
      return new TupleOf(List.of());
    }
    Expression first = next();
    if (peek().equals(")")) {
      position++;
      return first;
    }
    expect(",");
    List<Expression> elements = new ArrayList<>(List.of(first));
    elements.addAll(elements(")"));
    return new TupleOf(List.copyOf(elements));
  }

  private List<Expression> elements(String end) {
    List<Expression> elements = new ArrayList<>();
    while (!peek().equals(end)) {
      elements.add(next());
      if (!peek().equals(end)) {
        expect(",");
      }
    }
    expect(end);
    return List.copyOf(elements);
  }

  private Call call(Expression function) {
    expect("(");
    List<Expression> arguments = new ArrayList<>();
    Map<String, Expression> keywords = new LinkedHashMap<>();
    while (!peek().equals(")")) {
      Expression argument = next();
      if (peek().equals("=") && argument instanceof Name name) {
        position++;
        keywords.put(name.name(), next());
      } else {
        arguments.add(argument);
      }
      if (!peek().equals(")")) {
        expect(",");
      }
    }
    expect(")");
    return new Call(function, List.copyOf(arguments), keywords);
  }

  private String peek() {
    return position < line.tokens().size() ? line.tokens().get(position) : "";
  }

  private String take() {
    String token = peek();
    if (token.isEmpty()) {
      throw new ModelException(line.place() + ": is cut off: use a whole TorchScript file");
    }
    position++;
    return token;
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw unsupported(peek());
    }
    position++;
  }

  private ModelException unsupported(String token) {
    return Unsupported.at(line.place(), "'" + token + "'");
  }
}
