package dev.titanic.protocol;

/** What happens to the stages when the first partition goes to the next owner. */
public enum Handover {
  /** They stay: an owner has the first partition beside the stage that it may host (case 2b). */
  MIGRATE,
  /**
   * What the next owner hosts goes to the last one in exchange, so that nobody ever has two
   * partitions loaded (case 2a).
   */
  SWAP
}
