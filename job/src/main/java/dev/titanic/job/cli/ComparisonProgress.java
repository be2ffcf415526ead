package dev.titanic.job.cli;

import dev.titanic.job.feed.DocumentFile;
import dev.titanic.job.report.ComparisonTable;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** How far a comparison is: which way is being trained, and how much of all is done. */
final class ComparisonProgress implements AutoCloseable {
  private static final int HUNDRED = 100;

  private final ProgressView view;
  private final int ways;

  /** That every way trains on: guessed, and known when the first has. */
  private OptionalLong tokens;

  private int completed;
  private long trained;
  private String name = "";

  /**
   * @param view in percent
   * @param ways how many there are
   * @param tokens that every way trains on, about; empty when nobody knows yet
   */
  ComparisonProgress(ProgressView view, int ways, OptionalLong tokens) {
    this.view = view;
    this.ways = ways;
    this.tokens = tokens;
  }

  static ComparisonProgress on(PrintStream out, int ways, OptionalLong tokens) {
    return new ComparisonProgress(ProgressView.on(out, Scale.PERCENT), ways, tokens);
  }

  /** A line that stays. */
  void line(String line) {
    view.line(line);
  }

  /** Begins another way. */
  RunDisplay next(String way) {
    name = "%d of %d: %s".formatted(completed + 1, ways, way);
    trained = 0;
    view.reached(percent(), name);
    return new Way();
  }

  /** The way that began last has been trained. */
  void completed(ComparisonTable.Row row) {
    List<Double> perplexities = row.perplexities();
    view.line(
        String.format(
            Locale.ROOT,
            "%s: perplexity %.3f, after %.0f s",
            name,
            perplexities.get(perplexities.size() - 1),
            row.seconds()));
    completed++;
    tokens = OptionalLong.of(trained);
    trained = 0;
    view.reached(percent(), name);
  }

  private long percent() {
    double ofWay =
        tokens.isPresent() ? Math.min(1, (double) trained / Math.max(1, tokens.getAsLong())) : 0;
    return (long) (HUNDRED * (completed + ofWay) / ways);
  }

  @Override
  public void close() {
    view.close();
  }

  /** A run of which only its progress is told. */
  private final class Way implements RunDisplay, RunView {
    @Override
    public void tell(String what, Object value) {}

    @Override
    public void submitted(URI dashboard, Path output) {
      view.line(name + ", dashboard " + dashboard);
    }

    @Override
    public FeedView feeding(List<DocumentFile> files) {
      return FeedView.silent();
    }

    @Override
    public RunView training(OptionalLong steps) {
      return this;
    }

    @Override
    public void show(ProgressRecord progress) {
      if (progress instanceof ProgressRecord.Step step) {
        trained += step.tokens();
        view.reached(
            percent(),
            String.format(Locale.ROOT, "%s, step %d, loss %.4f", name, step.step(), step.loss()));
      }
    }

    @Override
    public void close() {}
  }
}
