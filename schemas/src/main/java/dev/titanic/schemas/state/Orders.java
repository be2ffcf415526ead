package dev.titanic.schemas.state;

import java.util.List;

/**
 * What the operator of the job has asked for and what is not done yet. It is part of the run's
 * state, because the commands that a snapshot has passed are not read again.
 *
 * @param paused no step begins
 * @param stopping the run ends with what it has
 * @param export the model as it is now is to be written
 * @param stageHosts client that is to host stage 1..K; empty when nothing is to move
 */
public record Orders(boolean paused, boolean stopping, boolean export, List<String> stageHosts) {
  public static final Orders NONE = new Orders(false, false, false, List.of());

  public Orders {
    stageHosts = List.copyOf(stageHosts);
  }

  public Orders withPaused(boolean wanted) {
    return new Orders(wanted, stopping, export, stageHosts);
  }

  public Orders withStop() {
    return new Orders(paused, true, export, stageHosts);
  }

  public Orders withExport(boolean wanted) {
    return new Orders(paused, stopping, wanted, stageHosts);
  }

  public Orders withStageHosts(List<String> wanted) {
    return new Orders(paused, stopping, export, wanted);
  }
}
