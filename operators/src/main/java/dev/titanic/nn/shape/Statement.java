package dev.titanic.nn.shape;

import java.util.List;

/** A statement of a method. */
sealed interface Statement {

  /**
   * @param targets several take a list apart; none drop the value
   */
  record Assign(List<String> targets, Expression value) implements Statement {}

  record Return(Expression value) implements Statement {}

  record If(Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {}

  record For(String name, Expression list, List<Statement> body) implements Statement {}
}
