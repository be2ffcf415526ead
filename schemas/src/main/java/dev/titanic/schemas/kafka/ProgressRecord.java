package dev.titanic.schemas.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code progress.jsonl} and a value of {@code titanic.progress}; {@code
 * progress.schema.json} describes the four kinds.
 *
 * <p>The topic is at-least-once: of two records of one type and step, the later one holds.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ProgressRecord.Step.class, name = "step"),
  @JsonSubTypes.Type(value = ProgressRecord.Evaluation.class, name = "evaluation"),
  @JsonSubTypes.Type(value = ProgressRecord.Placement.class, name = "placement"),
  @JsonSubTypes.Type(value = ProgressRecord.Export.class, name = "export"),
  @JsonSubTypes.Type(value = ProgressRecord.End.class, name = "end")
})
public sealed interface ProgressRecord {

  /** Number of committed steps when this was written; for {@link Step} the step itself. */
  long step();

  default byte[] toJson() {
    return Json.write(this);
  }

  /** Reads one record; what is not one fails with an {@link java.io.UncheckedIOException}. */
  static ProgressRecord fromJson(byte[] json) {
    return Json.read(json, ProgressRecord.class);
  }

  /**
   * One committed training step.
   *
   * @param step number of the step, from 1
   * @param loss mean cross entropy over the targets of all owners, in nats
   * @param targets number of next-token targets
   * @param tokens number of input tokens, without padding
   * @param owners what each owner gave; one that gave nothing is not among them
   * @param gradientNorm Euclidean norm of the mean gradient over all partitions, before clipping
   * @param learningRate of this step
   * @param seconds from the step's begin to its last acknowledgement
   * @param tokensPerSecond {@code tokens / seconds}
   * @param skipped batches skipped since the run began because a loss or gradient was not finite
   * @param rejected unusable records since the run began
   * @param partitions what the step took every partition, in the order of the model; of several
   *     owners at once, the first partition of each; empty, and absent in JSON, when nobody
   *     measured
   */
  @JsonPropertyOrder({"step", "owner"})
  record Step(
      long step,
      double loss,
      long targets,
      long tokens,
      List<OwnerShare> owners,
      double gradientNorm,
      double learningRate,
      double seconds,
      double tokensPerSecond,
      long skipped,
      long rejected,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
          List<PartitionWork> partitions)
      implements ProgressRecord {
    public Step {
      Checks.notNegative("step", step);
      Checks.notNegative("loss", loss);
      Checks.notNegative("targets", targets);
      Checks.notNegative("tokens", tokens);
      Checks.notNegative("gradientNorm", gradientNorm);
      Checks.notNegative("learningRate", learningRate);
      Checks.notNegative("seconds", seconds);
      Checks.notNegative("tokensPerSecond", tokensPerSecond);
      Checks.notNegative("skipped", skipped);
      Checks.notNegative("rejected", rejected);
      owners = List.copyOf(owners);
      partitions = List.copyOf(partitions);
      if (owners.isEmpty()) {
        throw new IllegalArgumentException("a step without an owner");
      }
    }

    /** Client id of the data's owner; those of several, joined by {@code ", "}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String owner() {
      return owners.stream().map(OwnerShare::client).collect(Collectors.joining(", "));
    }
  }

  /**
   * The model on the public evaluation text.
   *
   * @param after what came before: {@code "start"}, {@code "step"}, or a turn such as {@code "turn
   *     1 of alice"}
   * @param loss mean cross entropy over the evaluation's targets, in nats
   * @param perplexity {@code exp(loss)}
   */
  record Evaluation(long step, String after, double loss, double perplexity)
      implements ProgressRecord {
    public Evaluation {
      Checks.notNegative("step", step);
      Checks.present("after", after);
      Checks.notNegative("loss", loss);
      Checks.notNegative("perplexity", perplexity);
    }
  }

  /**
   * A placement that holds from the next step on.
   *
   * @param epoch number of the plan, from 0
   * @param assignment partition name ({@code "owner"}, {@code "stage-1"}, …) to client id
   * @param reason why the plan was made
   * @param seconds that training stood still for it, the loading of partitions included
   * @param objective of the solver, in its own unit; null, as the next two, when no solver proposed
   *     the placement
   * @param solveSeconds time that the solver took
   * @param bytesMoved trained states that changed their host
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Placement(
      long epoch,
      long step,
      Map<String, String> assignment,
      String reason,
      double seconds,
      @Nullable Double objective,
      @Nullable Double solveSeconds,
      @Nullable Long bytesMoved)
      implements ProgressRecord {
    public Placement {
      Checks.notNegative("epoch", epoch);
      Checks.notNegative("step", step);
      Checks.present("reason", reason);
      Checks.notNegative("seconds", seconds);
      if (objective != null) {
        Checks.finite("objective", objective);
      }
      assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    }
  }

  /** The model in the output directory is the one after so many steps. */
  record Export(long step) implements ProgressRecord {
    public Export {
      Checks.notNegative("step", step);
    }
  }

  /**
   * The run is over.
   *
   * @param seconds since the run began, in all its attempts
   */
  record End(long step, Reason reason, double seconds) implements ProgressRecord {
    public End {
      Checks.notNegative("step", step);
      Checks.notNegative("seconds", seconds);
    }

    /** Why a run ends. */
    public enum Reason {
      /** All steps of the schedule are committed. */
      @JsonProperty("finished")
      FINISHED,
      /** Somebody stopped it. */
      @JsonProperty("stopped")
      STOPPED,
      /** It gave up. */
      @JsonProperty("failed")
      FAILED
    }
  }
}
