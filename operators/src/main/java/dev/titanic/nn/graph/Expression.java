package dev.titanic.nn.graph;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;

/** An expression of TorchScript source; printing it writes it again. */
sealed interface Expression {

  /** A variable, a module of Python, or {@code None}, {@code True}, {@code False}. */
  record Name(String name) implements Expression {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A number or a string in quotes, as it is written. */
  record Literal(String text) implements Expression {
    @Override
    public String toString() {
      return text;
    }
  }

  /** {@code of.name}. */
  record Attribute(Expression of, String name) implements Expression {
    @Override
    public String toString() {
      return of + "." + name;
    }
  }

  /** {@code function(arguments, key=value)}. */
  record Call(Expression function, List<Expression> arguments, Map<String, Expression> keywords)
      implements Expression {
    @Override
    public String toString() {
      return function + "(…)";
    }
  }

  /** {@code of[index]}; also a type such as {@code List[int]}. */
  record Subscript(Expression of, List<Expression> index) implements Expression {
    @Override
    public String toString() {
      return of + index.stream().map(Expression::toString).collect(joining(", ", "[", "]"));
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Expression> elements) implements Expression {
    @Override
    public String toString() {
      return "[…]";
    }
  }

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> elements) implements Expression {
    @Override
    public String toString() {
      return "(…)";
    }
  }
}
