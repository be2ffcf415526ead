package dev.titanic.benchmarks;

/** One of several ways to do the same work. */
interface Contender {

  /** As it is called in the results. */
  String name();

  /** Does the work once, warms up first, and says what the rest has cost. */
  Cost measure() throws Exception;
}
