package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Proposal;

/**
 * What a solver says of hosts that it proposed.
 *
 * @param objective in the solver's own unit
 * @param seconds that it took
 * @param bytesMoved trained states that change their host
 */
public record Solved(double objective, double seconds, long bytesMoved) {
  static Solved of(Proposal proposal) {
    return new Solved(proposal.objective(), proposal.solveSeconds(), proposal.bytesMoved());
  }
}
