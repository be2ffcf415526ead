package dev.titanic.schemas.kafka;

/**
 * What a step took one partition, by the clock of its own client.
 *
 * @param name of the partition: {@code "owner"}, {@code "stage-1"}, …
 * @param client that hosts it
 * @param forwardSeconds computing forward passes; at the owner, the head and the loss too
 * @param backwardSeconds computing backward passes
 * @param waitingSeconds between the first message of the step and the last, without computing
 * @param bytesSent activations and gradients sent to other partitions; by an owner, also what it
 *     gave to the aggregator in the step
 */
public record PartitionWork(
    String name,
    String client,
    double forwardSeconds,
    double backwardSeconds,
    double waitingSeconds,
    long bytesSent) {
  public PartitionWork {
    Checks.present("name", name);
    Checks.present("client", client);
    Checks.notNegative("forwardSeconds", forwardSeconds);
    Checks.notNegative("backwardSeconds", backwardSeconds);
    Checks.notNegative("waitingSeconds", waitingSeconds);
    Checks.notNegative("bytesSent", bytesSent);
  }
}
