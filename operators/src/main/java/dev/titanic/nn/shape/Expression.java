package dev.titanic.nn.shape;

import java.util.List;
import java.util.Map;

/** An expression of a program. */
sealed interface Expression {

  record Constant(Value value) implements Expression {}

  record Name(String name) implements Expression {}

  record Items(List<Expression> items) implements Expression {}

  record Item(Expression list, Expression index) implements Expression {}

  /**
   * @param function with dots, such as {@code torch.mul} or {@code self.block}
   */
  record Call(String function, List<Expression> arguments, Map<String, Expression> named)
      implements Expression {}
}
