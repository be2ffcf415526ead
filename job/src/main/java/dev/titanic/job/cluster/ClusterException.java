package dev.titanic.job.cluster;

/** What went wrong with the cluster, in one line for the user. */
public final class ClusterException extends RuntimeException {
  ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
