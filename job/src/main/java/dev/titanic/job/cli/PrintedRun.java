package dev.titanic.job.cli;

import dev.titanic.job.feed.DocumentFile;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Tells everything about a run, line by line. */
final class PrintedRun implements RunDisplay {
  private final PrintStream out;

  PrintedRun(PrintStream out) {
    this.out = out;
  }

  @Override
  public void tell(String name, Object value) {
    out.printf("%-10s %s%n", name, value);
  }

  @Override
  public void submitted(URI dashboard, Path output) {
    tell("dashboard", dashboard);
    tell("output", output);
  }

  @Override
  public FeedView feeding(List<DocumentFile> files) {
    return FeedView.of(files);
  }

  @Override
  public RunView training(OptionalLong steps) {
    return new RunProgress(ProgressView.on(out, new Scale("step", steps)));
  }
}
