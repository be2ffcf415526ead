package dev.titanic.nn.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The operations of a program that runs on shapes, in order. */
final class Tape {
  private final List<Step> steps = new ArrayList<>();

  /** Adds a step, to be described. */
  Step step() {
    Step step = new Step();
    steps.add(step);
    return step;
  }

  List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }
}
