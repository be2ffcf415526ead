package dev.titanic.coordinator;

import dev.titanic.protocol.RunJournal;
import dev.titanic.protocol.Solved;
import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.PartitionWork;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells about the run in {@code progress.jsonl}, on {@code titanic.progress} and in metrics. */
final class ProgressJournal implements RunJournal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressJournal.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final ProgressFile file;
  private final Consumer<String> topic;
  private final LongSupplier nanoTime;
  private final long openedAt;

  /** End of the transaction before, for the seconds of a step. */
  private long before;

  private final Starvation starvation = new Starvation();

  /** Step for which data was last passed over; its number stays until one is committed. */
  private long passedOverAt = -1;

  private final Latest latest = new Latest();

  /** What metrics show. */
  static final class Latest {
    long step;
    double loss = Double.NaN;
    double perplexity = Double.NaN;
    double gradientNorm = Double.NaN;
    double learningRate = Double.NaN;
    double tokensPerSecond;
    long skipped;
    long rejected;
    long placementEpoch;

    /** Loss of the last step of each owner. */
    final Map<String, Double> losses = new ConcurrentHashMap<>();

    double loss(String owner) {
      return losses.getOrDefault(owner, Double.NaN);
    }
  }

  private ProgressJournal(ProgressFile file, Consumer<String> topic, LongSupplier nanoTime) {
    this.file = file;
    this.topic = topic;
    this.nanoTime = nanoTime;
    this.openedAt = nanoTime.getAsLong();
    this.before = openedAt;
  }

  static ProgressJournal open(Path file, long length, Consumer<String> topic) {
    return new ProgressJournal(ProgressFile.open(file, length), topic, System::nanoTime);
  }

  Latest latest() {
    return latest;
  }

  long flush() {
    return file.flush();
  }

  @Override
  public void placing() {
    secondsSinceBefore();
  }

  @Override
  public void placed(
      long step, long epoch, List<String> hosts, String reason, @Nullable Solved solved) {
    Map<String, String> assignment = new LinkedHashMap<>();
    for (int partition = 0; partition < hosts.size(); partition++) {
      assignment.put(name(partition), hosts.get(partition));
    }
    latest.placementEpoch = epoch;
    tell(
        new ProgressRecord.Placement(
            epoch,
            step,
            assignment,
            reason,
            secondsSinceBefore(),
            solved == null ? null : solved.objective(),
            solved == null ? null : solved.seconds(),
            solved == null ? null : solved.bytesMoved()));
  }

  @Override
  public void stepCommitted(StepReport report) {
    double seconds = secondsSinceBefore();
    starvation.over();
    latest.step = report.step() + 1;
    latest.loss = report.loss();
    latest.perplexity = Math.exp(report.loss());
    latest.gradientNorm = report.gradientNorm();
    latest.learningRate = report.learningRate();
    latest.tokensPerSecond = report.tokens() / seconds;
    latest.skipped = report.skipped();
    latest.rejected = report.rejected();
    report.owners().forEach(owner -> latest.losses.put(owner.client(), owner.loss()));
    tell(
        new ProgressRecord.Step(
            latest.step,
            report.loss(),
            report.targets(),
            report.tokens(),
            report.owners().stream().map(ProgressJournal::share).toList(),
            report.gradientNorm(),
            report.learningRate(),
            seconds,
            latest.tokensPerSecond,
            report.skipped(),
            report.rejected(),
            report.work().stream().map(ProgressJournal::partition).toList()));
  }

  private static OwnerShare share(OwnerReport owner) {
    return new OwnerShare(
        owner.client(), owner.loss(), owner.targets(), owner.tokens(), owner.microBatches());
  }

  private static PartitionWork partition(HostedWork hosted) {
    Work work = hosted.work();
    return new PartitionWork(
        name(hosted.partition()),
        hosted.client(),
        work.forwardNanos() / NANOS_PER_SECOND,
        work.backwardNanos() / NANOS_PER_SECOND,
        Math.max(0, work.elapsedNanos() - work.computingNanos()) / NANOS_PER_SECOND,
        work.tensorBytes());
  }

  @Override
  public void stepSkipped(long step, String owner, long skipped) {
    secondsSinceBefore();
    starvation.over();
    latest.skipped = skipped;
    LOG.warn(
        "step {} of {}: a loss or gradient is not finite, its data is skipped ({} so far)",
        step + 1,
        owner,
        skipped);
  }

  @Override
  public void passedOver(long step, String owner, int microBatches) {
    secondsSinceBefore();
    starvation.over();
    if (step != passedOverAt) {
      passedOverAt = step;
      LOG.warn(
          "only {} would give to step {}: its data, now {} micro-batches, is passed over until another owner gives too, because masks cannot hide a part that is the sum; more microBatches make this rarer",
          owner,
          step + 1,
          microBatches);
    }
  }

  @Override
  public void starved(long step, String owner) {
    secondsSinceBefore();
    if (starvation.noted(nanoTime.getAsLong())) {
      LOG.warn(
          "waiting for data: step {} needs more than the topic of {} holds; feed it, or stop the run",
          step + 1,
          owner);
    }
  }

  @Override
  public void turnOver(String owner, long steps) {
    secondsSinceBefore();
    starvation.over();
    if (steps == 0) {
      LOG.warn(
          "{} gives nothing to its turn: its topic holds no whole sequence, or what is due is given",
          owner);
    }
  }

  @Override
  public void evaluated(long step, String after, double loss, long targets) {
    secondsSinceBefore();
    tell(new ProgressRecord.Evaluation(step, after, loss, Math.exp(loss)));
  }

  @Override
  public void exported(long step) {
    secondsSinceBefore();
    tell(new ProgressRecord.Export(step));
  }

  @Override
  public void finished(long step) {
    tellEnd(step, ProgressRecord.End.Reason.FINISHED);
  }

  @Override
  public void stopped(long step) {
    tellEnd(step, ProgressRecord.End.Reason.STOPPED);
  }

  private void tellEnd(long step, ProgressRecord.End.Reason reason) {
    double seconds = (nanoTime.getAsLong() - openedAt) / NANOS_PER_SECOND;
    tell(new ProgressRecord.End(step, reason, seconds));
  }

  private static String name(int partition) {
    return partition == 0 ? "owner" : "stage-" + partition;
  }

  private double secondsSinceBefore() {
    long now = nanoTime.getAsLong();
    double seconds = (now - before) / NANOS_PER_SECOND;
    before = now;
    return seconds;
  }

  private void tell(ProgressRecord progress) {
    String json = new String(progress.toJson(), StandardCharsets.UTF_8);
    file.add(json);
    topic.accept(json);
  }

  @Override
  public void close() {
    file.close();
  }
}
