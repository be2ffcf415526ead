package dev.titanic.placement;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a live placement knows before anything is measured.
 *
 * @param demands of the owner's partition and of each stage, in order
 * @param clients all that are enrolled
 * @param boundaryBytes of one hidden state
 * @param microBatches per step, of each owner
 * @param fixed stages that stay where they are: stage to client
 * @param severalPerClient whether a client may host several partitions
 * @param weights of the paper's match distance
 * @param moveWeight how much of the stall of a move is held against it
 * @param interval between two solves
 * @param silence after which a client that used to say what it offers is gone
 */
public record PlacementSettings(
    List<Demand> demands,
    List<Client> clients,
    long boundaryBytes,
    int microBatches,
    Map<Integer, String> fixed,
    boolean severalPerClient,
    Objective objective,
    Weights weights,
    double moveWeight,
    Duration interval,
    Duration silence)
    implements Serializable {
  public PlacementSettings {
    demands = new ArrayList<>(demands);
    clients = new ArrayList<>(clients);
    fixed = new HashMap<>(fixed);
  }
}
