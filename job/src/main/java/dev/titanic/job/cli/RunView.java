package dev.titanic.job.cli;

import dev.titanic.schemas.kafka.ProgressRecord;

/** Shows how far a run is. */
interface RunView extends AutoCloseable {

  /** Something has happened; a step may come again after a restart. */
  void show(ProgressRecord progress);

  @Override
  void close();
}
