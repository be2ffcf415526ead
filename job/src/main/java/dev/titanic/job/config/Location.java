package dev.titanic.job.config;

/** A place in the file; both count from 1. */
record Location(int line, int column) {
  static final Location START = new Location(1, 1);
}
