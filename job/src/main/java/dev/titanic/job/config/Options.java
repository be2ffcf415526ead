package dev.titanic.job.config;

import static dev.titanic.job.config.Option.derived;
import static dev.titanic.job.config.Option.optional;
import static dev.titanic.job.config.Option.required;
import static dev.titanic.job.config.ValueType.anyWholeNumber;
import static dev.titanic.job.config.ValueType.bytes;
import static dev.titanic.job.config.ValueType.choice;
import static dev.titanic.job.config.ValueType.duration;
import static dev.titanic.job.config.ValueType.flag;
import static dev.titanic.job.config.ValueType.names;
import static dev.titanic.job.config.ValueType.number;
import static dev.titanic.job.config.ValueType.path;
import static dev.titanic.job.config.ValueType.pattern;
import static dev.titanic.job.config.ValueType.positiveDecimal;
import static dev.titanic.job.config.ValueType.positiveNumber;
import static dev.titanic.job.config.ValueType.quantity;
import static dev.titanic.job.config.ValueType.rate;
import static dev.titanic.job.config.ValueType.stageCount;
import static dev.titanic.job.config.ValueType.wholeNumber;

import dev.titanic.data.Packing;
import dev.titanic.nn.ComputeType;
import dev.titanic.placement.Objective;
import dev.titanic.protocol.LearningRate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Every option: the one place from which the reader, the documentation, the JSON Schema and the
 * suggestions for misspelt keys come.
 */
final class Options {
  static final Option<String> MODEL_PATH =
      required(
          "model.path",
          path(),
          "Hugging Face directory: `config.json`, `tokenizer.json`, and `model.safetensors` or its"
              + " shards with their index. Relative to the configuration file.");
  static final Option<ComputeType> MODEL_DTYPE =
      optional(
          "model.dtype",
          choice(ComputeType.class),
          "float32",
          "Type in which linear layers and attention multiply. With `bfloat16` operands are rounded;"
              + " trained weights, gradients and the optimizer stay float32.");
  static final Option<StageCount> STAGES =
      derived(
          "stages",
          stageCount(),
          "one for every client but an owner; 0 when centralized",
          "K, the number of partitions on other clients; 0 leaves the whole model at the owner."
              + " `auto`: as many, and on those clients, that the slowest partition is as fast as"
              + " it can be under every client's memory. Clients that have a memory or flops get"
              + " as many blocks as suit them; otherwise blocks are dealt evenly.");
  static final Option<Integer> OWNER_BLOCKS =
      optional(
          "ownerBlocks",
          wholeNumber(0),
          "1",
          "Blocks kept at the owner beside embedding and head: the more, the less the activations"
              + " reveal. Without stages the owner keeps all.");

  static final Option<String> CLIENT_ID =
      required(
          "clients[].id",
          pattern("lower-case letters, digits, '.', '_' and '-'", ClientConfig.ID),
          "Name of the client, and the end of its topic's name.");
  static final Option<String> CLIENT_TOPIC =
      derived(
          "clients[].topic",
          pattern(
              "a Kafka topic: letters, digits, '.', '_' and '-'",
              Pattern.compile("[A-Za-z0-9._-]{1,249}")),
          "`titanic.data.<id>`",
          "The client's private topic.");
  static final Option<Boolean> CLIENT_DATA =
      optional(
          "clients[].data",
          flag(),
          "true",
          "Whether the client owns data; `false`: it only hosts partitions.");
  static final Option<Long> CLIENT_MEMORY =
      derived("clients[].memory", bytes(), "measured", "Memory for partitions.");
  static final Option<Long> CLIENT_FLOPS =
      derived(
          "clients[].flops",
          quantity("floating point operations per second"),
          "measured",
          "Speed of computation.");
  static final Option<Long> CLIENT_BANDWIDTH =
      derived(
          "clients[].bandwidth", quantity("bytes per second"), "measured", "Speed of the network.");
  static final Option<Duration> CLIENT_DELAY =
      optional(
          "clients[].delay",
          duration(Duration.ZERO),
          "0s",
          "To try the placement out: every pass of a stage on this client takes so much longer, as"
              + " if the client were slow.");

  static final Option<Mode> MODE =
      optional(
          "training.mode",
          choice(Mode.class),
          "single",
          "`single`: one owner, the model cut over the clients. `sequential`: owners take turns, in"
              + " the order of the file. `concurrent`: owners train at once, each with a first partition"
              + " of its own. `fedavg`: owners train at once, each with the whole model, averaged by"
              + " the server after each round, and the optimizer begins anew. `centralized`: one owner"
              + " with the whole model.");
  static final Option<FirstPartition> FIRST_PARTITION =
      optional(
          "training.firstPartition",
          choice(FirstPartition.class),
          "migrate",
          "How the first partition gets to the next owner of mode `sequential`. `migrate`: it moves"
              + " there with its optimizer state, beside the stage that the owner may host. `swap`: that"
              + " stage goes to the last owner in exchange, so that nobody has two partitions loaded.");
  static final Option<Aggregate> AGGREGATE =
      optional(
          "training.aggregate",
          choice(Aggregate.class),
          "gradients",
          "What the server makes one of the first partitions of mode `concurrent`. `gradients`: it"
              + " sums their gradients in each step, so that all stay the same. `parameters`: it"
              + " averages their weights at the end of each round, weighted by targets.");
  static final Option<DrawRule> DRAW =
      derived(
          "training.draw",
          choice(DrawRule.class),
          "proportional with `epochsPerTurn`, otherwise equal",
          "Micro-batches of each owner in a step of mode `concurrent`. `equal`: `microBatches` of"
              + " each, for as long as it has data. `proportional`: as many in all, in proportion to"
              + " the owners' data, so that all come to its end together; needs `epochsPerTurn`, and"
              + " owners read their topics once more to count.");
  static final Option<Boolean> SECURE_AGGREGATION =
      optional(
          "training.secureAggregation",
          flag(),
          "false",
          "Whether owners of modes `concurrent` and `fedavg` mask what they give to the server, so that"
              + " it sees the sum over all of them and nothing of each. Needs two owners; with three or"
              + " more no owner can tell another's part from the sum either. Without it these modes need"
              + " `lora`.");
  static final Option<Integer> ROUNDS =
      optional(
          "training.rounds",
          wholeNumber(1),
          "1",
          "Turns of every owner; in modes `concurrent` and `fedavg`, rounds of all owners.");
  static final Option<Integer> STEPS_PER_TURN =
      derived(
          "training.stepsPerTurn",
          wholeNumber(1),
          TurnsConfig.DEFAULT_STEPS + ", or `epochsPerTurn`",
          "Steps of one turn, or round. An owner's next turn goes on where its last one ended, and a turn"
              + " waits for data that is not in the topic yet.");
  static final Option<BigDecimal> EPOCHS_PER_TURN =
      derived(
          "training.epochsPerTurn",
          positiveDecimal(),
          "`stepsPerTurn`",
          "In place of `stepsPerTurn`: one turn, or round, is so many passes over what the owner's topic holds"
              + " when the turn begins, from the topic's beginning. The last step of a turn has what"
              + " is left; tokens that fill no sequence are dropped at the end of a pass. With a"
              + " fraction, all turns of an owner share its passes over what the topic holds when the"
              + " first one begins, and each goes on where the last one ended, in whole steps: 0.125"
              + " with 8 rounds is one pass. For that an owner reads its topic once more to count.");
  static final Option<Integer> MICRO_BATCHES =
      optional("training.microBatches", wholeNumber(1), "4", "Micro-batches of one step.");
  static final Option<Integer> MICRO_BATCH_SIZE =
      optional("training.microBatchSize", wholeNumber(1), "2", "Sequences of one micro-batch.");
  static final Option<Integer> SEQUENCE_LENGTH =
      optional(
          "training.sequenceLength",
          wholeNumber(2),
          "128",
          "Tokens of one sequence, one more than its targets.");
  static final Option<Packing.Kind> PACKING =
      optional(
          "training.packing",
          choice(Packing.Kind.class),
          "concat",
          "`concat`: documents are joined by the end-of-text token and cut. `none`: one record is"
              + " one sequence.");
  static final Option<Integer> SHUFFLE =
      optional(
          "training.shuffle",
          wholeNumber(0),
          "0",
          "Shuffles each owner's sequences, with the seed, in windows of so many; 0: in the order of"
              + " the topic. A window must be in the topic as a whole before it is used, and is in"
              + " the heap of its owner. With `epochsPerTurn` the last one has what is left.");
  static final Option<Double> LEARNING_RATE =
      optional("training.learningRate", positiveNumber(), "3.0e-4", "Peak learning rate of AdamW.");
  static final Option<LearningRate.Shape> SCHEDULE =
      optional(
          "training.schedule",
          choice(LearningRate.Shape.class),
          "constant",
          "How the learning rate goes on after the warm-up; `linear` and `cosine` end at zero.");
  static final Option<Integer> WARMUP_STEPS =
      optional(
          "training.warmupSteps",
          wholeNumber(0),
          "0",
          "Steps over which the learning rate grows from zero.");
  static final Option<Double> WEIGHT_DECAY =
      optional("training.weightDecay", number(0), "0.0", "Decoupled weight decay of AdamW.");
  static final Option<Boolean> DECAY_VECTORS =
      optional(
          "training.decayVectors",
          flag(),
          "true",
          "Whether weight decay applies to biases and norms too, as with PyTorch's AdamW over all"
              + " parameters; `false`: only to matrices, as in transformers' trainer.");
  static final Option<Double> CLIP_NORM =
      optional(
          "training.clipNorm",
          number(0),
          "1.0",
          "Largest norm of the gradient over all partitions; 0 turns clipping off.");
  static final Option<Boolean> RECOMPUTE =
      optional(
          "training.recompute",
          flag(),
          "false",
          "Keeps only the ends of every block for the backward pass and computes what lies between"
              + " again: less memory, about a third more work, the same bits.");
  static final Option<Long> SEED =
      optional("training.seed", anyWholeNumber(), "7", "Seed of everything that is drawn.");
  static final Option<Integer> SKIP_LIMIT =
      optional(
          "training.skipLimit",
          wholeNumber(1),
          "10",
          "So many steps in a row may be skipped because a loss or gradient is not finite; one more"
              + " fails the run.");
  static final Option<Duration> WATCHDOG =
      optional(
          "training.watchdog",
          duration(Duration.ofSeconds(1)),
          "5m",
          "A step that makes no progress for so long fails the job.");

  static final Option<Integer> LORA_RANK =
      derived(
          "training.lora.rank",
          wholeNumber(1),
          "8, or that of `initial`",
          "Rank of the adapters. With a section `lora`, even an empty one, only adapters are trained,"
              + " as in PEFT; without it, all weights are.");
  static final Option<Double> LORA_ALPHA =
      derived(
          "training.lora.alpha",
          positiveNumber(),
          "16, or that of `initial`",
          "What an adapter adds is scaled by alpha / rank.");
  static final Option<Names> LORA_TARGETS =
      derived(
          "training.lora.targets",
          names(
              "a list of modules such as [q_proj, v_proj], or all-linear",
              Pattern.compile("[A-Za-z0-9_.-]+")),
          "`q_proj` and `v_proj`, `c_attn` or `query_key_value`, as in PEFT; or those of `initial`",
          "Linear layers that get adapters, by module path or by its end; `all-linear`: all but the"
              + " output head.");
  static final Option<Double> LORA_DROPOUT =
      derived(
          "training.lora.dropout",
          rate(),
          "0.0, or that of `initial`",
          "Dropout on the input of the adapters.");
  static final Option<Boolean> LORA_RSLORA =
      derived(
          "training.lora.rslora",
          flag(),
          "false, or that of `initial`",
          "Scales by alpha / sqrt(rank) instead.");
  static final Option<String> LORA_INITIAL =
      derived(
          "training.lora.initial",
          path(),
          "new adapters, which change nothing at first",
          "PEFT directory to go on from; the settings above may be left out, and only the dropout may"
              + " differ. Every client needs it at this path. Relative to the configuration file.");

  static final Option<String> FIXED_STAGE =
      derived(
          "placement.fixed.stage-<k>",
          pattern("a client's id", ClientConfig.ID),
          "the placement chooses",
          "Client that hosts stage k for good; a client may host several.");
  static final Option<String> INITIAL_STAGE =
      derived(
          "placement.initial.stage-<k>",
          pattern("a client's id", ClientConfig.ID),
          "where the predicted step is shortest, by memory, flops and bandwidth of the clients; without"
              + " any, the k-th client without data; behind these, of several owners the first ones",
          "Client that hosts stage k at first, if it is not fixed. A client hosts several only where"
              + " there are fewer clients than stages.");
  static final Option<Duration> PLACEMENT_INTERVAL =
      optional(
          "placement.interval",
          duration(Duration.ZERO),
          "30s",
          "Time between two looks at the placement, with what was measured: a partition moves when"
              + " that pays over the steps that are left. Also looked at when a client comes or goes."
              + " 0s: nothing ever moves.");
  static final Option<Objective> OBJECTIVE =
      optional(
          "placement.objective",
          choice(Objective.class),
          "stepTime",
          "`stepTime`: the predicted time of a step of the whole pipeline. `affinity`: the paper's"
              + " sum of affinities, which looks at each partition by itself.");
  static final Option<Double> DISTANCE_WEIGHT =
      optional(
          "placement.distanceWeight",
          number(0),
          "1.0",
          "Weight of sending and receiving in the paper's match distance (`affinity`).");
  static final Option<Double> TIME_WEIGHT =
      optional(
          "placement.timeWeight",
          number(0),
          "1.0",
          "Weight of computing in the paper's match distance (`affinity`).");
  static final Option<Double> MOVE_WEIGHT =
      optional(
          "placement.moveWeight",
          number(0),
          "0.5",
          "How much of the predicted stall of a move is held against what it gains.");

  static final Option<Integer> SPARES =
      optional(
          "placement.spares",
          wholeNumber(0),
          "0",
          "So many of the last clients without data get no seat at first: they take that of a client"
              + " that is lost, with its partition. Their TaskManagers join when the job runs.");

  static final Option<String> EVALUATION_TEXT =
      derived(
          "evaluation.text",
          path(),
          "no evaluation",
          "Public text file to evaluate on, as one document. Relative to the configuration file.");
  static final Option<Integer> EVERY_STEPS =
      optional(
          "evaluation.everySteps",
          wholeNumber(0),
          "0",
          "Evaluates after every so many steps too; 0: only before the first turn and after each.");
  static final Option<Integer> MAX_SEQUENCES =
      optional(
          "evaluation.maxSequences",
          wholeNumber(1),
          "256",
          "Uses at most so many sequences from the beginning of the text.");

  static final Option<Duration> CHECKPOINT_INTERVAL =
      optional(
          "checkpoint.interval", duration(Duration.ofMillis(10)), "30s", "Time between snapshots.");
  static final Option<Duration> CHECKPOINT_TIMEOUT =
      optional(
          "checkpoint.timeout",
          duration(Duration.ofMillis(10)),
          "10m",
          "A snapshot that takes longer is given up; longer than the longest step or evaluation.");

  static final Option<String> BOOTSTRAP_SERVERS =
      derived(
          "kafka.bootstrapServers",
          pattern(
              "host:port, several with commas",
              Pattern.compile("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*")),
          "a broker inside the command",
          "Where Kafka is; `--kafka` goes first.");
  static final Option<String> OUTPUT =
      optional(
          "output",
          path(),
          "out",
          "Directory for `progress.jsonl`, `report.html`, `model/` (with `lora`: `adapter/`) and `run.yaml`. Relative"
              + " to the working directory; `--output` goes first.");

  /** In the order of documentation. */
  static final List<Option<?>> ALL =
      List.of(
          MODEL_PATH,
          MODEL_DTYPE,
          STAGES,
          OWNER_BLOCKS,
          CLIENT_ID,
          CLIENT_TOPIC,
          CLIENT_DATA,
          CLIENT_MEMORY,
          CLIENT_FLOPS,
          CLIENT_BANDWIDTH,
          CLIENT_DELAY,
          MODE,
          FIRST_PARTITION,
          AGGREGATE,
          DRAW,
          SECURE_AGGREGATION,
          ROUNDS,
          STEPS_PER_TURN,
          EPOCHS_PER_TURN,
          MICRO_BATCHES,
          MICRO_BATCH_SIZE,
          SEQUENCE_LENGTH,
          PACKING,
          SHUFFLE,
          LEARNING_RATE,
          SCHEDULE,
          WARMUP_STEPS,
          WEIGHT_DECAY,
          DECAY_VECTORS,
          CLIP_NORM,
          RECOMPUTE,
          SEED,
          SKIP_LIMIT,
          WATCHDOG,
          LORA_RANK,
          LORA_ALPHA,
          LORA_TARGETS,
          LORA_DROPOUT,
          LORA_RSLORA,
          LORA_INITIAL,
          FIXED_STAGE,
          INITIAL_STAGE,
          PLACEMENT_INTERVAL,
          OBJECTIVE,
          DISTANCE_WEIGHT,
          TIME_WEIGHT,
          MOVE_WEIGHT,
          SPARES,
          EVALUATION_TEXT,
          EVERY_STEPS,
          MAX_SEQUENCES,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_TIMEOUT,
          BOOTSTRAP_SERVERS,
          OUTPUT);

  private Options() {}
}
