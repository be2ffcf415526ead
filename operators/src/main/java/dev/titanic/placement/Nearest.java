package dev.titanic.placement;

import java.util.Arrays;

/** The nearest so many of the clients that are added: a heap with the farthest of them on top. */
final class Nearest {
  private final int most;
  private int[] clients;
  private double[] distances;
  private int size;

  Nearest(int most) {
    this.most = most;
    this.clients = new int[Math.min(most, 64)];
    this.distances = new double[clients.length];
  }

  /** Only what is nearer than this is worth adding. */
  double farthest() {
    return size < most ? Double.POSITIVE_INFINITY : distances[0];
  }

  void add(int client, double distance) {
    if (size == most) {
      sink(client, distance);
      return;
    }
    if (size == clients.length) {
      clients = Arrays.copyOf(clients, Math.min(most, 2 * size));
      distances = Arrays.copyOf(distances, clients.length);
    }
    int hole = size++;
    while (hole > 0 && distances[(hole - 1) / 2] < distance) {
      put(hole, clients[(hole - 1) / 2], distances[(hole - 1) / 2]);
      hole = (hole - 1) / 2;
    }
    put(hole, client, distance);
  }

  /** Replaces the farthest. */
  private void sink(int client, double distance) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && distances[child + 1] > distances[child]) {
        child++;
      }
      if (distances[child] <= distance) {
        break;
      }
      put(hole, clients[child], distances[child]);
      hole = child;
    }
    put(hole, client, distance);
  }

  private void put(int at, int client, double distance) {
    clients[at] = client;
    distances[at] = distance;
  }

  int[] clients() {
    return Arrays.copyOf(clients, size);
  }
}
