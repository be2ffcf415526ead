package dev.titanic.job.run;

import java.nio.file.FileSystemException;

/** Why something failed, in one line for users. */
public final class Reason {
  private static final String OUR_PACKAGES = "dev.titanic.";

  private Reason() {}

  /**
   * The message of the first exception that this project wrote for people, or else of the root:
   * what lies between them has only passed it on.
   */
  public static String of(Throwable failure) {
    Throwable told = failure;
    while (told.getCause() != null && !told.getClass().getName().startsWith(OUR_PACKAGES)) {
      told = told.getCause();
    }
    String message = told.getMessage();
    if (message == null || message.isBlank()) {
      return told.getClass().getSimpleName();
    }
    if (told instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + file.getClass().getSimpleName(); // else only the file's name
    }
    return message.lines().findFirst().orElse(message);
  }
}
