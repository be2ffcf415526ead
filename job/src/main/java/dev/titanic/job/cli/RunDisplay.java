package dev.titanic.job.cli;

import dev.titanic.job.feed.DocumentFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Where a run tells how it goes. */
interface RunDisplay {

  /** Something to know about the run, such as where its model is. */
  void tell(String name, Object value);

  /** The job has been submitted. */
  void submitted(URI dashboard, Path output);

  /** Documents are about to be fed. */
  FeedView feeding(List<DocumentFile> files);

  /**
   * Training is about to begin.
   *
   * @param steps of the whole run, where it is known
   */
  RunView training(OptionalLong steps);
}
