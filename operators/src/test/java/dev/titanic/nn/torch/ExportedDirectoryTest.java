package dev.titanic.nn.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Architecture;
import dev.titanic.protocol.Partition;
import dev.titanic.schemas.edge.TensorData;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a run exports, against the directories that transformers has loaded, with every weight found
 * and with the fixture's logits. {@code check_exports.py} beside the fixtures says how.
 */
final class ExportedDirectoryTest {
  private static final String SHARDED = "-sharded";
  private static final long SHARD_BYTES = 100_000;
  private static final int PIECE_BYTES = 1 << 12;

  @TempDir private Path directory;

  static List<String> models() throws Exception {
    return accepted().keySet().stream().filter(name -> !name.endsWith(SHARDED)).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheOneThatTransformersLoads(String name) throws Exception {
    Golden golden = Golden.of(name);
    Path whole = directory.resolve(name);
    Path sharded = directory.resolve(name + SHARDED);
    export(golden.model(), whole, Long.MAX_VALUE);
    export(golden.model(), sharded, SHARD_BYTES);

    for (Path exported : List.of(whole, sharded)) {
      assertThat(digests(exported))
          .as("let transformers load it, as check_exports.py says")
          .isEqualTo(accepted().get(exported.getFileName().toString()));
      try (PartitionedModel model = new PartitionedModel(ModelDirectory.open(exported), 1)) {
        TensorData hidden = model.forward(0, golden.batches().get(0), false);
        float[] logits = Numbers.of(model.owner.logits(hidden));
        Numbers.assertClose("logits", logits, golden.tensor("logits.0"), 1e-5);
      }
    }
  }

  /** Writes the weights of all partitions, piece by piece. */
  private static void export(ModelDirectory base, Path target, long maximumFileBytes) {
    Architecture architecture = Architecture.of(base.config());
    try (PartitionedModel model = new PartitionedModel(base, 2);
        ModelWriter writer =
            ModelWriter.create(base.path(), architecture.weights(), target, maximumFileBytes)) {
      model.partitions().forEach(partition -> export(partition, writer));
      writer.finish();
    }
  }

  private static void export(Partition partition, ModelWriter writer) {
    partition
        .weights()
        .forEach(
            (name, spec) -> {
              for (long offset = 0; offset < spec.bytes(); offset += PIECE_BYTES) {
                ByteBuffer bytes =
                    ByteBuffer.allocate((int) Math.min(PIECE_BYTES, spec.bytes() - offset));
                partition.read(name, offset, bytes);
                writer.put(name, TensorData.frame(spec, offset, List.of(bytes.flip())));
              }
            });
  }

  /** SHA-256 of every file by its name. */
  private static Map<String, String> digests(Path directory) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        digests.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
      }
    }
    return digests;
  }

  private static Map<String, Map<String, String>> accepted() throws Exception {
    try (InputStream exports =
        ExportedDirectoryTest.class.getResourceAsStream("/hf/exports.json")) {
      return new ObjectMapper().readValue(requireNonNull(exports), new TypeReference<>() {});
    }
  }
}
