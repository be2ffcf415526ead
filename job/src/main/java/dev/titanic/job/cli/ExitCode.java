package dev.titanic.job.cli;

/** What a command returns to the shell. */
final class ExitCode {
  static final int SUCCESS = 0;

  /** The command was right, what it did failed. */
  static final int FAILED = 1;

  /** Arguments or configuration cannot be used; nothing was started. */
  static final int UNUSABLE = 2;

  private ExitCode() {}
}
