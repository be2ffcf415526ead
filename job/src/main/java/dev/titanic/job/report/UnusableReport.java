package dev.titanic.job.report;

/** A directory of which there is nothing to report; the message is one line, for users. */
public final class UnusableReport extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableReport(String message) {
    super(message);
  }

  UnusableReport(String message, Throwable cause) {
    super(message, cause);
  }
}
