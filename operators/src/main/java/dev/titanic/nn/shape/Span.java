package dev.titanic.nn.shape;

/** Memory that is alive from one time to another, both included. */
final class Span {
  private final long bytes;
  private final int start;
  private int end;

  Span(long bytes, int start) {
    this.bytes = bytes;
    this.start = start;
    this.end = start;
  }

  void extendTo(int time) {
    end = Math.max(end, time);
  }

  boolean reaches(int time) {
    return end >= time;
  }

  long bytes() {
    return bytes;
  }

  void addTo(long[] alive) {
    for (int time = start; time <= end; time++) {
      alive[time] += bytes;
    }
  }
}
