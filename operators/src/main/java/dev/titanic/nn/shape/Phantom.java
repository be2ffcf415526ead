package dev.titanic.nn.shape;

import java.util.List;

/** A tensor without content; told apart by identity. */
public final class Phantom implements Value {
  private final Layout layout;
  private final NumberType type;
  private final Storage storage;
  private final boolean needsGradient;

  private Phantom(Layout layout, NumberType type, Storage storage, boolean needsGradient) {
    this.layout = layout;
    this.type = type;
    this.storage = storage;
    this.needsGradient = needsGradient;
  }

  /** What a program is called with for one pass: it is freed once nothing needs it. */
  public static Phantom input(NumberType type, List<Long> shape, boolean needsGradient) {
    return fresh(type, Layout.contiguous(shape), needsGradient);
  }

  /** What is there before and after, such as a weight; its memory is not the program's. */
  public static Phantom lasting(NumberType type, List<Long> shape, boolean needsGradient) {
    Layout layout = Layout.contiguous(shape);
    return new Phantom(
        layout, type, new Storage(layout.elements() * type.bytes(), true), needsGradient);
  }

  static Phantom fresh(NumberType type, Layout layout, boolean needsGradient) {
    return new Phantom(
        layout, type, new Storage(layout.elements() * type.bytes(), false), needsGradient);
  }

  /** The same, seen in another layout. */
  Phantom view(Layout other) {
    return new Phantom(other, type, storage, needsGradient);
  }

  /** The same content as something that lasts. */
  Phantom kept() {
    return lasting(type, layout.shape(), false);
  }

  Layout layout() {
    return layout;
  }

  NumberType type() {
    return type;
  }

  Storage storage() {
    return storage;
  }

  boolean needsGradient() {
    return needsGradient;
  }

  /** Whether this is a weight that is trained. */
  boolean isTrainedWeight() {
    return needsGradient && storage.isLasting();
  }

  /** Bytes of a copy. */
  long bytes() {
    return layout.elements() * type.bytes();
  }

  @Override
  public String toString() {
    return type + " " + layout.shape();
  }
}
