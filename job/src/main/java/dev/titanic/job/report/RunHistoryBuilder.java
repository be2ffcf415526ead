package dev.titanic.job.report;

import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RunHistory} of progress records, one after the other. */
final class RunHistoryBuilder {
  private final Map<String, Downsampling> lossOfOwner = new LinkedHashMap<>();
  private final Downsampling lossTogether = new Downsampling();
  private final Downsampling evaluationLoss = new Downsampling();
  private final Downsampling learningRate = new Downsampling();
  private final Downsampling gradientNorm = new Downsampling();
  private final Downsampling tokensPerSecond = new Downsampling();
  private final Downsampling stepSeconds = new Downsampling();
  private final PipelineTimes pipeline = new PipelineTimes();
  private final PlacementHistory placements = new PlacementHistory();
  private final ExcerptBuilder<ProgressRecord.Evaluation> evaluations = new ExcerptBuilder<>();

  private long steps;
  private long tokens;
  private double secondsOfSteps;
  private long skipped;
  private long rejected;
  private ProgressRecord.@Nullable End end;

  void add(ProgressRecord progress) {
    if (progress instanceof ProgressRecord.Step step) {
      add(step);
    } else if (progress instanceof ProgressRecord.Evaluation evaluation) {
      evaluationLoss.add(evaluation.step(), evaluation.loss());
      evaluations.add(evaluation);
    } else if (progress instanceof ProgressRecord.Placement placement) {
      placements.add(placement);
    } else if (progress instanceof ProgressRecord.End last) {
      end = last;
    }
  }

  private void add(ProgressRecord.Step step) {
    for (OwnerShare owner : step.owners()) {
      lossOfOwner
          .computeIfAbsent(owner.client(), client -> new Downsampling())
          .add(step.step(), owner.loss());
    }
    if (step.owners().size() > 1) {
      lossTogether.add(step.step(), step.loss());
    }
    learningRate.add(step.step(), step.learningRate());
    gradientNorm.add(step.step(), step.gradientNorm());
    tokensPerSecond.add(step.step(), step.tokensPerSecond());
    stepSeconds.add(step.step(), step.seconds());
    pipeline.add(step.step(), step.partitions());
    steps = Math.max(steps, step.step());
    tokens += step.tokens();
    secondsOfSteps += step.seconds();
    skipped = step.skipped();
    rejected = step.rejected();
    end = null; // an earlier end was that of a run that went on
  }

  /**
   * @param running whether the run is known to go on
   */
  RunHistory build(@Nullable RunConfiguration configuration, boolean running) {
    return new RunHistory(
        status(running),
        configuration,
        new Totals(
            steps,
            tokens,
            end == null ? secondsOfSteps : end.seconds(),
            secondsOfSteps,
            placements.moves(),
            skipped,
            rejected),
        curves(),
        evaluations.build(),
        pipeline.totals(),
        placements.changes());
  }

  private RunStatus status(boolean running) {
    if (end != null) {
      return RunStatus.of(end);
    }
    return running ? RunStatus.RUNNING : RunStatus.UNFINISHED;
  }

  private Curves curves() {
    List<Curve> loss = new ArrayList<>();
    lossOfOwner.forEach((owner, curve) -> loss.add(curve.curve(owner)));
    return new Curves(
        loss,
        lossTogether.curve(""),
        evaluationLoss.curve(""),
        learningRate.curve(""),
        gradientNorm.curve(""),
        tokensPerSecond.curve(""),
        stepSeconds.curve(""),
        pipeline.computing(),
        pipeline.waiting());
  }
}
