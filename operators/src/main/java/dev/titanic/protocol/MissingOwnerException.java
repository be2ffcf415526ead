package dev.titanic.protocol;

import java.util.List;

/**
 * The owner of the turn has no column, because another client has its seat. Not a {@link
 * ProtocolException}: it is mended from outside, and the next restart goes on.
 */
public final class MissingOwnerException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param present clients with a column
   * @param idle those of them that host nothing, one of which has the seat
   */
  MissingOwnerException(String owner, List<String> present, List<String> idle) {
    super(
        "client '%s' owns the data and has no TaskManager among the columns of this job, which are %s; stop the TaskManager of %s and start that of %s: the job then goes on by itself"
            .formatted(
                owner,
                String.join(", ", present),
                idle.isEmpty() ? "one of them" : String.join(" or ", idle),
                owner));
  }
}
