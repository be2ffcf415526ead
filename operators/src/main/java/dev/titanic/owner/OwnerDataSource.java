package dev.titanic.owner;

import dev.titanic.column.ClientIdentity;
import dev.titanic.data.DataException;
import dev.titanic.data.DocumentEncoder;
import dev.titanic.data.EvaluationText;
import dev.titanic.data.PackedOwnerData;
import dev.titanic.data.Packing;
import dev.titanic.data.Shuffle;
import dev.titanic.data.Tokenizer;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.protocol.OwnerData;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an owner comes to its private data: on its own host, with its own credentials.
 *
 * @param model Hugging Face directory, for the tokenizer
 * @param kafka settings of the connection to Kafka that all clients share; a client's TaskManager
 *     adds its own
 * @param topics private topic of every client that has data
 * @param shuffle of the sequences of each owner
 * @param microBatchSize sequences
 * @param sequenceLength tokens
 * @param evaluationText file; null for none
 * @param maxSequences of the evaluation text
 */
public record OwnerDataSource(
    String model,
    Map<String, String> kafka,
    Map<String, String> topics,
    Shuffle shuffle,
    int microBatchSize,
    int sequenceLength,
    Packing.Kind packing,
    @Nullable String evaluationText,
    int maxSequences)
    implements Serializable {

  public OwnerDataSource {
    kafka = new HashMap<>(kafka);
    topics = new HashMap<>(topics);
  }

  OwnerData open(ClientIdentity client) {
    String topic = topics.get(client.id());
    if (topic == null) {
      throw new DataException("client '%s' has no data of its own".formatted(client.id()));
    }
    Map<String, String> connection = new HashMap<>(kafka);
    connection.putAll(client.kafka());
    KafkaTopic own = new KafkaTopic(connection, topic);
    Path directory = Path.of(model);
    Path file = ModelDirectory.tokenizer(directory);
    Tokenizer tokenizer = Files.exists(file) ? Tokenizer.load(file) : null;
    return new PackedOwnerData(
        KafkaRecordLog.open(own),
        new KafkaRejectedRecords(own),
        new DocumentEncoder(SequenceLimits.at(directory).vocabulary(), tokenizer),
        Packing.of(packing, sequenceLength, ModelDirectory.config(directory).endOfTextId()),
        shuffle,
        microBatchSize,
        evaluation(tokenizer));
  }

  private @Nullable EvaluationText evaluation(@Nullable Tokenizer tokenizer) {
    if (evaluationText == null) {
      return null;
    }
    if (tokenizer == null) {
      throw new DataException(
          "%s: has no tokenizer.json, which evaluation.text needs".formatted(model));
    }
    return new EvaluationText(Path.of(evaluationText), tokenizer, sequenceLength, maxSequences);
  }
}
