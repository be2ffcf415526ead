package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.List;

/** What a variable of a program can hold. */
public sealed interface Value
    permits Phantom, Value.Items, Value.Nothing, Value.Scalar, Value.Text {

  /** A list of tensors. */
  static Value tensors(List<Phantom> tensors) {
    return new Items(List.copyOf(tensors));
  }

  /** What programs get in training: a list of one generator. */
  static Value noise() {
    return new Items(List.of(Nothing.NOTHING));
  }

  /** A number, or a truth value as 0 or 1. */
  record Scalar(double number) implements Value {
    static Scalar of(boolean truth) {
      return new Scalar(truth ? 1 : 0);
    }
  }

  record Text(String text) implements Value {}

  /** A list; programs may append to it. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = new ArrayList<>(items);
    }
  }

  /** None; also stands for what has no size, such as a generator. */
  enum Nothing implements Value {
    NOTHING
  }
}
