package dev.titanic.job.config;

/** The element type in which a partition computes. */
public enum ComputeType {
  FLOAT32
}
