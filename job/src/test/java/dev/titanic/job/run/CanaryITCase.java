package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.data.Tokenizer;
import dev.titanic.job.Topics;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the private topic is nowhere else: looked for as text and as token ids. */
@Timeout(180)
final class CanaryITCase {
  private static final Path MODEL = Path.of("src/demo/base-model").toAbsolutePath();
  private static final String TOPIC = "titanic.data.alice";
  private static final int STEPS = 40;

  /** Shorter than a sequence, so that every document is one; long enough to be no accident. */
  private static final String CANARY = "xq9Zk#canary#7Vw";

  @TempDir private Path directory;

  @Test
  void noTokenLeavesItsOwner() throws Exception {
    JobConfig config;
    String accumulators;
    List<String> log;
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        CapturedLog captured = CapturedLog.open()) {
      TrainingRuns.fill(broker, TOPIC, records());
      config =
          TrainingRuns.config(
              MODEL, 2, STEPS, 2, broker.bootstrapServers(), TOPIC, directory.resolve("output"));
      Topics.prepare(config, broker.bootstrapServers());
      try (ProgressWatch progress = ProgressWatch.start(broker);
          EmbeddedRun run = EmbeddedRun.start(config, null)) {
        progress.awaitStep(STEPS / 2);
        run.flink().stopWithSavepoint(run.job(), directory.resolve("savepoint")).get();
        run.await();
        accumulators = accumulators(run);
      }
      log = captured.lines();
    }

    Map<String, byte[]> canaries = canaries();
    assertThat(log).isNotEmpty();
    assertThat(accumulators).contains("loss");
    assertNone("the log", String.join("\n", log).getBytes(UTF_8), canaries);
    assertNone("the accumulators", accumulators.getBytes(UTF_8), canaries);
    List<Path> files = filesBelow(directory);
    assertThat(files).anyMatch(file -> file.toString().contains("savepoint"));
    for (Path file : files) {
      assertNone(file.toString(), Files.readAllBytes(file), canaries);
    }
  }

  private static String accumulators(EmbeddedRun run) throws Exception {
    AccessExecutionGraph graph = run.flink().executionGraph(run.job()).get();
    return Arrays.stream(graph.getAccumulatorResultsStringified())
        .map(result -> result.getName() + " = " + result.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Documents with the canary, and among them two that are unusable, with the canary too. */
  private static List<byte[]> records() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 2 * 2 * STEPS; i++) {
      records.add((CANARY + i % 10).getBytes(UTF_8));
    }
    records.set(5, ("{\"text\": " + CANARY).getBytes(UTF_8));
    records.add(("{\"label\": \"" + CANARY + "\"}").getBytes(UTF_8));
    return records;
  }

  private static Map<String, byte[]> canaries() {
    int[] ids;
    try (Tokenizer tokenizer = Tokenizer.load(MODEL.resolve("tokenizer.json"))) {
      ids = Arrays.copyOf(tokenizer.encode(CANARY), 8);
    }
    Map<String, byte[]> canaries = new LinkedHashMap<>();
    canaries.put("text", CANARY.getBytes(UTF_8));
    canaries.put("ids in words", Arrays.toString(ids).replaceAll("[\\[\\]]", "").getBytes(UTF_8));
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer ints = ByteBuffer.allocate(Integer.BYTES * ids.length).order(order);
      ByteBuffer longs = ByteBuffer.allocate(Long.BYTES * ids.length).order(order);
      for (int id : ids) {
        ints.putInt(id);
        longs.putLong(id);
      }
      canaries.put("ids as int32, " + order, ints.array());
      canaries.put("ids as int64, " + order, longs.array());
    }
    return canaries;
  }

  private static void assertNone(String where, byte[] content, Map<String, byte[]> canaries) {
    assertThat(
            canaries.entrySet().stream()
                .filter(canary -> contains(content, canary.getValue()))
                .map(Map.Entry::getKey))
        .as(where)
        .isEmpty();
  }

  private static boolean contains(byte[] content, byte[] wanted) {
    for (int at = 0; at + wanted.length <= content.length; at++) {
      if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> filesBelow(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
