package dev.titanic.job.report;

/**
 * A run in a few numbers.
 *
 * @param steps committed
 * @param tokens trained on, without padding
 * @param seconds that the run took, all in all once it has ended, in its steps before
 * @param stepSeconds that its steps took
 * @param moves of a partition from one client to another
 * @param skipped batches whose loss or gradient was not finite
 * @param rejected unusable records
 */
record Totals(
    long steps,
    long tokens,
    double seconds,
    double stepSeconds,
    long moves,
    long skipped,
    long rejected) {}
