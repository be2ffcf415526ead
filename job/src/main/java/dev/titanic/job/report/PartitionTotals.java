package dev.titanic.job.report;

/**
 * What the steps took one partition while one client hosted it.
 *
 * @param steps in which it was there
 * @param bytesSent activations and gradients
 */
record PartitionTotals(
    String name,
    String client,
    long steps,
    double forwardSeconds,
    double backwardSeconds,
    double waitingSeconds,
    long bytesSent) {}
