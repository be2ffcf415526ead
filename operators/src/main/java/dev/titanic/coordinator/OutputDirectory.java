package dev.titanic.coordinator;

import java.nio.file.Path;

/** Where a run leaves what. */
public record OutputDirectory(Path path) {

  /** Every step, evaluation and placement, one JSON object per line. */
  public Path progress() {
    return path.resolve("progress.jsonl");
  }

  /** The trained model, as a Hugging Face directory. */
  public Path model() {
    return path.resolve("model");
  }

  /** The trained adapters, as a PEFT directory. */
  public Path adapter() {
    return path.resolve("adapter");
  }

  /** The configuration with every default filled in. */
  public Path configuration() {
    return path.resolve("run.yaml");
  }

  /** Curves, times and placements of the run, for a browser. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Runs side by side, for the report; absent unless runs were compared. */
  public Path comparison() {
    return path.resolve("comparison.json");
  }

  /** Checkpoints while the run goes on. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }
}
