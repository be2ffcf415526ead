package dev.titanic.placement;

import java.util.Arrays;

/** Events by time; of equal times, the one that was added first. A binary heap without objects. */
final class EventQueue {
  private static final int FIRST_CAPACITY = 64;

  private double[] times = new double[FIRST_CAPACITY];
  private long[] orders = new long[FIRST_CAPACITY];
  private int[] events = new int[FIRST_CAPACITY];
  private int size;
  private long added;

  boolean isEmpty() {
    return size == 0;
  }

  void add(double time, int event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    int hole = size++;
    long order = added++;
    while (hole > 0 && isBefore(time, order, (hole - 1) / 2)) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    put(hole, time, order, event);
  }

  double firstTime() {
    return times[0];
  }

  /** Takes the first event out. */
  int poll() {
    int first = events[0];
    size--;
    double time = times[size];
    long order = orders[size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (isBefore(time, order, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, order, events[size]);
    return first;
  }

  private boolean isBefore(double time, long order, int other) {
    return time < times[other] || (time == times[other] && order < orders[other]);
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], events[from]);
  }

  private void put(int at, double time, long order, int event) {
    times[at] = time;
    orders[at] = order;
    events[at] = event;
  }
}
