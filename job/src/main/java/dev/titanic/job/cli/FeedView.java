package dev.titanic.job.cli;

import dev.titanic.job.feed.DocumentFile;
import dev.titanic.job.feed.FeedProgress;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a feed is, on a terminal; nothing in a log. */
final class FeedView implements FeedProgress, AutoCloseable {
  private static final long KILOBYTE = 1024;

  private final @Nullable ProgressBar bar;

  /** Nothing, wherever. */
  static FeedView silent() {
    return new FeedView(null);
  }

  private FeedView(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  @SuppressWarnings("SystemConsoleNull") // which changes with JDK 22; this is for 17
  static FeedView of(List<DocumentFile> files) {
    if (System.console() == null) {
      return silent();
    }
    return new FeedView(
        new ProgressBarBuilder()
            .setTaskName("feed")
            .setInitialMax(files.stream().mapToLong(DocumentFile::bytes).sum())
            .setUnit(" kB", KILOBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .build());
  }

  @Override
  public void delivered(long documents, long bytes) {
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
