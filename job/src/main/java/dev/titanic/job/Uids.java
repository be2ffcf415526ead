package dev.titanic.job;

/** Identities of the operators in savepoints: they must never change. */
final class Uids {
  static final String CONTROL = "commands";
  static final String COORDINATOR = "coordinator";
  static final String OWNER = "owner";
  static final String FEEDBACK = "feedback";
  static final String FEEDBACK_SERVER = "feedback-server";
  static final String PROGRESS = "progress";
  static final String PLACEMENT = "placement";
  static final String PLACEMENTS = "placements";

  private Uids() {}

  static String stage(int k) {
    return "stage-" + k;
  }
}
