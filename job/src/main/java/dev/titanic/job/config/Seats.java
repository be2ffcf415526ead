package dev.titanic.job.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who has a column of the job from the start, and who is spare: the last clients of the file that
 * have no data.
 */
final class Seats {
  private final List<ClientConfig> seated = new ArrayList<>();
  private final List<ClientConfig> spare = new ArrayList<>();

  private Seats() {}

  /**
   * Deals the seats.
   *
   * @param spares at most {@link #mostSpares}
   */
  static Seats of(List<ClientConfig> clients, int spares) {
    Seats seats = new Seats();
    for (int i = clients.size() - 1; i >= 0; i--) {
      ClientConfig client = clients.get(i);
      boolean isSpare = !client.data() && seats.spare.size() < spares;
      (isSpare ? seats.spare : seats.seated).add(client);
    }
    Collections.reverse(seats.seated);
    Collections.reverse(seats.spare);
    return seats;
  }

  /** An owner has data that nobody else has: it is never spare. */
  static int mostSpares(List<ClientConfig> clients) {
    return (int) clients.stream().filter(client -> !client.data()).count();
  }

  List<ClientConfig> seated() {
    return List.copyOf(seated);
  }

  List<ClientConfig> spare() {
    return List.copyOf(spare);
  }
}
