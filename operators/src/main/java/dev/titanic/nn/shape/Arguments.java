package dev.titanic.nn.shape;

import java.util.List;
import java.util.Map;

/** The arguments of a call. */
record Arguments(List<Value> positional, Map<String, Value> named) {

  static Arguments of(Value... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  int count() {
    return positional.size();
  }

  /** None when the call leaves it out. */
  Value get(int index) {
    return index < positional.size() ? positional.get(index) : Value.Nothing.NOTHING;
  }

  /** The same for an argument that may be given by its name. */
  Value get(int index, String name) {
    return named.getOrDefault(name, get(index));
  }

  boolean isTensor(int index) {
    return get(index) instanceof Phantom;
  }

  Phantom tensor(int index) {
    if (get(index) instanceof Phantom tensor) {
      return tensor;
    }
    throw new IllegalArgumentException("argument %d is no tensor: %s".formatted(index, get(index)));
  }

  double number(int index) {
    return number(get(index));
  }

  long whole(int index) {
    return (long) number(index);
  }

  /** A number that may be left out. */
  double number(int index, String name, double absent) {
    return get(index, name) instanceof Value.Scalar scalar ? scalar.number() : absent;
  }

  /** A whole number that may be left out. */
  long whole(int index, String name, long absent) {
    return get(index, name) instanceof Value.Scalar scalar ? (long) scalar.number() : absent;
  }

  List<Value> items(int index) {
    if (get(index) instanceof Value.Items items) {
      return items.items();
    }
    throw new IllegalArgumentException("argument %d is no list: %s".formatted(index, get(index)));
  }

  List<Phantom> tensors(int index) {
    return items(index).stream().map(Phantom.class::cast).toList();
  }

  List<Long> sizes(int index) {
    return items(index).stream().map(size -> (long) number(size)).toList();
  }

  private static double number(Value value) {
    if (value instanceof Value.Scalar scalar) {
      return scalar.number();
    }
    throw new IllegalArgumentException("no number: " + value);
  }
}
