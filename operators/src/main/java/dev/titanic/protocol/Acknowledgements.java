package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message.Acknowledged;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The partitions whose acknowledgement is still missing. */
final class Acknowledgements {
  private final Set<Address> missing;

  Acknowledgements(Collection<Address> asked) {
    this.missing = new LinkedHashSet<>(asked);
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
