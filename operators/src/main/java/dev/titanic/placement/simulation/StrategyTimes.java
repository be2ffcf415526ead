package dev.titanic.placement.simulation;

import dev.titanic.placement.Spread;
import org.jspecify.annotations.Nullable;

/**
 * How long a step takes with the clients that a strategy selects.
 *
 * @param paperSeconds what figure 5 of the paper says; null for what it does not have
 * @param distanceSeconds sum over partitions of computing and transmitting: the paper's d
 * @param stepSeconds predicted time of a step of the pipeline
 */
public record StrategyTimes(
    Strategy strategy, @Nullable Double paperSeconds, Spread distanceSeconds, Spread stepSeconds) {}
