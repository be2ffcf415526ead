package dev.titanic.schemas.edge;

/**
 * Identity of one transaction: everything that is sent for it carries this, and a mismatch is an
 * error.
 *
 * @param id unique and growing within a run, restarts included
 * @param version number of committed steps of the model on which it works
 * @param route the column of every partition while it lasts
 */
public record Transaction(long id, long version, Route route) {
  public Transaction {
    if (id < 0 || version < 0) {
      throw new IllegalArgumentException("transaction " + id + " on version " + version);
    }
  }
}
