package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Route;
import java.util.LinkedHashSet;
import java.util.Set;

/** The partitions of a route whose acknowledgement is still missing. */
final class Acknowledgements {
  private final Set<Address> missing = new LinkedHashSet<>();

  Acknowledgements(Route route) {
    for (int row = 0; row <= route.stages(); row++) {
      missing.add(route.at(row));
    }
  }

  /** Returns whether this was the last one. */
  boolean add(Address from, Acknowledged acknowledged) {
    if (acknowledged.partition() != from.row() || !missing.remove(from)) {
      throw new ProtocolException(from + " acknowledged without being asked");
    }
    return missing.isEmpty();
  }

  @Override
  public String toString() {
    return "the acknowledgement of " + missing;
  }
}
