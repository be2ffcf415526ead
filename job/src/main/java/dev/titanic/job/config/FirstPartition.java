package dev.titanic.job.config;

import dev.titanic.protocol.Handover;

/** How the first partition comes to the owner whose turn it is. */
public enum FirstPartition {
  /** It moves there with its optimizer state, beside what that owner hosts (case 2b). */
  MIGRATE,
  /** What that owner hosts goes to the last one in exchange (case 2a). */
  SWAP;

  public Handover handover() {
    return switch (this) {
      case MIGRATE -> Handover.MIGRATE;
      case SWAP -> Handover.SWAP;
    };
  }
}
