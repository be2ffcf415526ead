package dev.titanic.job.report;

import java.util.List;
import java.util.Locale;

/** A {@code progress.jsonl} as a run of two owners in turn writes it, line by line. */
final class GoldenProgress {
  static final List<String> LINES =
      List.of(
          placement(0, 0, "alice", "carol", "as configured"),
          evaluation(0, "base", 4.0),
          step(1, "alice", 3.5, "carol"),
          step(2, "alice", 3.25, "carol"),
          evaluation(2, "turn 1 of alice", 3.3),
          placement(1, 2, "bob", "dave", "turn of bob")
              .replace("0.25}", "0.25,\"objective\":1.5,\"solveSeconds\":0.002,\"bytesMoved\":64}"),
          step(3, "bob", 3.0, "dave"),
          step(4, "bob", 2.75, "dave"),
          evaluation(4, "turn 1 of bob", 2.9),
          "{\"type\":\"end\",\"step\":4,\"reason\":\"finished\",\"seconds\":12.5}");

  private GoldenProgress() {}

  static String step(long step, String owner, double loss, String host) {
    return """
        {"type":"step","step":%d,"owner":"%s","loss":%s,"targets":990,"tokens":1000,\
        "owners":[{"client":"%s","loss":%s,"targets":990,"tokens":1000,"microBatches":4}],\
        "gradientNorm":1.5,"learningRate":%s,"seconds":0.5,"tokensPerSecond":2000.0,\
        "skipped":1,"rejected":3,"partitions":[\
        {"name":"owner","client":"%s","forwardSeconds":0.05,"backwardSeconds":0.1,\
        "waitingSeconds":0.35,"bytesSent":1024},\
        {"name":"stage-1","client":"%s","forwardSeconds":0.1,"backwardSeconds":0.2,\
        "waitingSeconds":0.1,"bytesSent":1024}]}"""
        .formatted(
            step,
            owner,
            loss,
            owner,
            loss,
            String.format(Locale.ROOT, "%.3f", step / 1e3),
            owner,
            host);
  }

  /** A step of two owners at once, of which the second gave twice as much. */
  static String stepOfTwo(long step, double first, double second) {
    return """
        {"type":"step","step":%d,"owner":"alice, bob","loss":%s,"targets":900,"tokens":910,\
        "owners":[{"client":"alice","loss":%s,"targets":300,"tokens":304,"microBatches":1},\
        {"client":"bob","loss":%s,"targets":600,"tokens":606,"microBatches":2}],\
        "gradientNorm":1.5,"learningRate":0.001,"seconds":0.5,"tokensPerSecond":2000.0,\
        "skipped":0,"rejected":0,"partitions":[\
        {"name":"owner","client":"alice","forwardSeconds":0.05,"backwardSeconds":0.05,\
        "waitingSeconds":0.3,"bytesSent":1024},\
        {"name":"owner","client":"bob","forwardSeconds":0.1,"backwardSeconds":0.1,\
        "waitingSeconds":0.2,"bytesSent":2048},\
        {"name":"stage-1","client":"carol","forwardSeconds":0.1,"backwardSeconds":0.2,\
        "waitingSeconds":0.1,"bytesSent":3072}]}"""
        .formatted(step, (first + 2 * second) / 3, first, second);
  }

  private static String evaluation(long step, String after, double loss) {
    return "{\"type\":\"evaluation\",\"step\":%d,\"after\":\"%s\",\"loss\":%s,\"perplexity\":%s}"
        .formatted(step, after, loss, Math.exp(loss));
  }

  private static String placement(long epoch, long step, String owner, String host, String reason) {
    return """
        {"type":"placement","epoch":%d,"step":%d,"assignment":{"owner":"%s","stage-1":"%s"},\
        "reason":"%s","seconds":0.25}"""
        .formatted(epoch, step, owner, host, reason);
  }
}
