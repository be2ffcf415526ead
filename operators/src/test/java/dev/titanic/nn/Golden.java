package dev.titanic.nn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.protocol.TokenBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small random model, with what transformers and PyTorch compute with it. */
public final class Golden {
  private final Path directory;
  private final Path results;
  private final Map<String, StoredTensor> tensors;
  private final JsonNode numbers;

  private Golden(Path directory, Path results) throws IOException {
    this.directory = directory;
    this.results = results;
    this.tensors = Safetensors.read(directory.resolve("golden.safetensors"));
    this.numbers = new ObjectMapper().readTree(results.resolve("golden.json").toFile());
  }

  /** All fixtures: a new one takes a directory, and no line here. */
  public static List<String> names() {
    try (Stream<Path> directories = Files.list(directory(""))) {
      return directories
          .filter(directory -> Files.exists(directory.resolve("golden.safetensors")))
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code llama} has four blocks and its own head, {@code llama-gqa} three and a tied one. */
  public static Golden of(String name) {
    return of(name, "");
  }

  /** With other adapters and their losses, such as {@code all-linear} of {@code gpt2}. */
  public static Golden of(String name, String adapters) {
    try {
      return new Golden(directory(name), directory(name).resolve(adapters));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(String name) {
    try {
      return Path.of(requireNonNull(Golden.class.getResource("/hf/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public ModelDirectory model() {
    return ModelDirectory.open(directory);
  }

  /** The PEFT directory {@code adapter-before} or {@code adapter-after} six steps. */
  public AdapterDirectory adapters(String name) {
    return AdapterDirectory.open(results.resolve(name));
  }

  /** The recorded micro-batches, 2 sequences of 24 tokens each. */
  public List<TokenBatch> batches() {
    StoredTensor stored = stored("input_ids");
    LongBuffer ids = stored.map().asLongBuffer();
    int sequences = stored.shape().get(1).intValue();
    int length = stored.shape().get(2).intValue();
    List<TokenBatch> batches = new ArrayList<>();
    for (int batch = 0; batch < stored.shape().get(0); batch++) {
      int[][] rows = new int[sequences][length];
      for (int[] row : rows) {
        for (int column = 0; column < length; column++) {
          row[column] = (int) ids.get();
        }
      }
      batches.add(TokenBatch.of(rows));
    }
    return batches;
  }

  /** A recorded tensor, such as {@code logits.0} or {@code grad.0.NAME}. */
  public float[] tensor(String name) {
    return values(stored(name));
  }

  /** All elements of a tensor. */
  public static float[] values(StoredTensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  private StoredTensor stored(String name) {
    return requireNonNull(tensors.get(name), name);
  }

  /** A recorded series, such as {@code loss} or {@code full_loss_trace}. */
  public double[] series(String name) {
    double[] values = new double[numbers.path(name).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.path(name).path(i).doubleValue();
    }
    return values;
  }
}
