package dev.titanic.job.plan;

import org.jspecify.annotations.Nullable;

/**
 * A partition on its client, in predicted seconds of one step.
 *
 * @param partition {@code owner} or {@code stage-k}
 * @param computeSeconds of all micro-batches
 * @param linkSeconds that these take to the next partition's client, and their gradients back; 0 on
 *     the same client
 * @param nextBest what would come out next best for this partition, on the same cut; null when
 *     nothing else can be done
 */
public record PlannedHost(
    String partition,
    String client,
    double computeSeconds,
    double linkSeconds,
    @Nullable PlannedChange nextBest) {}
