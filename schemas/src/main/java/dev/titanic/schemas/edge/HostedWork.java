package dev.titanic.schemas.edge;

/**
 * What a step took one partition on the client that hosts it. Of several owners at once each has a
 * first partition, and so a work of its own.
 *
 * @param partition 0 for an owner's, k for stage k
 * @param client that hosts it
 * @param microBatches that went through it
 */
public record HostedWork(int partition, String client, int microBatches, Work work) {}
