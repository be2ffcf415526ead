package dev.titanic.nn.shape;

/** What a function of the engine does to shapes, and what it would do to memory. */
@FunctionalInterface
interface Operation {

  /** Records the steps on the tape and returns the result. */
  Value apply(Tape tape, Arguments arguments);
}
