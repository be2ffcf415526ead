package dev.titanic.schemas.kafka;

/**
 * What one owner gave to a step.
 *
 * @param client id of the owner
 * @param loss mean cross entropy over its targets, in nats
 * @param targets number of its next-token targets, above 0
 * @param tokens number of its input tokens, without padding
 * @param microBatches that it gave
 */
public record OwnerShare(String client, double loss, long targets, long tokens, int microBatches) {
  public OwnerShare {
    Checks.present("client", client);
    Checks.notNegative("loss", loss);
    Checks.positive("targets", targets);
    Checks.notNegative("tokens", tokens);
    Checks.positive("microBatches", microBatches);
  }
}
