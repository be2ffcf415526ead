package dev.titanic.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaRecordsTest {
  private static final ProgressRecord.Step STEP =
      step(7, List.of(new OwnerShare("alice", 2.5, 1016, 1024, 4)), List.of());

  static Stream<ProgressRecord> progressRecords() {
    return Stream.of(
        STEP,
        step(8, List.of(new OwnerShare("alice", 2.5, 1016, 1024, 4)), partitions()),
        step(9, twoOwners(), partitions()),
        new ProgressRecord.Evaluation(0, "start", 5.1167, 166.786),
        new ProgressRecord.Placement(0, 0, assignment(), "as configured", 0.5, null, null, null),
        new ProgressRecord.Placement(1, 9, assignment(), "bob is faster", 0.5, 1.25, 0.001, 64L),
        new ProgressRecord.Export(40),
        new ProgressRecord.End(50, ProgressRecord.End.Reason.FINISHED, 12.5));
  }

  @ParameterizedTest
  @MethodSource("progressRecords")
  void progressFitsItsSchemaAndComesBack(ProgressRecord written) throws IOException {
    byte[] json = written.toJson();

    assertThat(violations("progress", json)).isEmpty();
    assertThat(ProgressRecord.fromJson(json)).isEqualTo(written);
  }

  @Test
  void progressReadsAsTheInterfaceSays() {
    assertThat(new String(STEP.toJson(), UTF_8))
        .startsWith("{\"type\":\"step\",\"step\":7,\"owner\":\"alice\",\"loss\":2.5,");
    assertThat(
            new String(
                new ProgressRecord.End(3, ProgressRecord.End.Reason.STOPPED, 1).toJson(), UTF_8))
        .isEqualTo("{\"type\":\"end\",\"step\":3,\"reason\":\"stopped\",\"seconds\":1.0}");
  }

  @Test
  void aStepNamesItsOwnersAndSaysWhatEachGave() {
    assertThat(new String(step(9, twoOwners(), List.of()).toJson(), UTF_8))
        .startsWith("{\"type\":\"step\",\"step\":9,\"owner\":\"alice, bob\",\"loss\":2.5,")
        .contains(
            "\"owners\":[{\"client\":\"alice\",\"loss\":2.25,\"targets\":254,\"tokens\":256,"
                + "\"microBatches\":1},{\"client\":\"bob\",");
  }

  @Test
  void aStepHasAnOwnerAndAnOwnerTargets() {
    assertThatThrownBy(() -> step(9, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a step without an owner");
    assertThatThrownBy(() -> new OwnerShare("alice", 2.5, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("targets is 0, below 1");
  }

  @Test
  void whatNobodyMeasuredIsAbsent() {
    assertThat(new String(STEP.toJson(), UTF_8)).doesNotContain("partitions");
  }

  @Test
  void anAssignmentKeepsItsOrder() {
    ProgressRecord read =
        ProgressRecord.fromJson(
            new ProgressRecord.Placement(0, 0, assignment(), "as configured", 0.5, null, null, null)
                .toJson());

    assertThat(((ProgressRecord.Placement) read).assignment().keySet())
        .containsExactly("owner", "stage-1", "stage-2", "stage-10");
  }

  @Test
  void anOlderReaderIgnoresNewFields() {
    byte[] newer =
        "{\"type\":\"end\",\"step\":3,\"reason\":\"failed\",\"seconds\":1.0,\"new\":1}"
            .getBytes(UTF_8);

    assertThat(ProgressRecord.fromJson(newer))
        .isEqualTo(new ProgressRecord.End(3, ProgressRecord.End.Reason.FAILED, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  void aLossThatIsNoneHasNoRecord(double loss) {
    assertThatThrownBy(() -> new ProgressRecord.Evaluation(0, "start", loss, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"type\":\"stop\"}", "{\"type\":\"step\",\"step\":true}"})
  void whatIsNoProgressRecordIsRefused(String json) {
    assertThatThrownBy(() -> ProgressRecord.fromJson(json.getBytes(UTF_8)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("not a ProgressRecord in JSON");
  }

  @Test
  void aProfileFitsItsSchemaAndComesBack() throws IOException {
    ClientProfile profile = new ClientProfile("alice", 8L << 30, 12e12, 50e6, 1_770_000_000_000L);

    assertThat(violations("client-profile", profile.toJson())).isEmpty();
    assertThat(ClientProfile.fromJson(profile.toJson())).isEqualTo(profile);
  }

  @ParameterizedTest
  @EnumSource
  void aCommandFitsItsSchemaAndComesBack(Command.Action action) throws Exception {
    Command command = Command.of(action);

    assertThat(violations("command", command.toJson())).isEmpty();
    assertThat(Command.fromJson(command.toJson())).isEqualTo(command);
  }

  @Test
  void aCommandMayNameTheHostsOfStages() throws Exception {
    Command command = new Command(Command.Action.RE_PLACE, Map.of("stage-2", "bob"));

    assertThat(violations("command", command.toJson())).isEmpty();
    assertThat(command.toJson())
        .asString(UTF_8)
        .isEqualTo("{\"command\":\"re-place\",\"stages\":{\"stage-2\":\"bob\"}}");
    assertThat(Command.fromJson(command.toJson())).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stop | not a JSON object; valid: {\"command\": \"stop\"}",
        "[] | not a JSON object; valid: {\"command\": \"stop\"}",
        "{} | no command at all; valid: stop, pause, resume, re-place, export",
        "{\"command\":\"halt\"} | no command \"halt\"; valid: stop, pause, resume, re-place, export",
        "{\"command\":\"pause\",\"stages\":{\"stage-1\":\"bob\"}} | pause has no field 'stages'",
        "{\"command\":\"re-place\",\"stage\":1} | re-place has no field 'stage'",
        "{\"command\":\"re-place\",\"stages\":{}} | stages: {}; valid: {\"stage-1\": \"bob\"}, or leave it out",
        "{\"command\":\"re-place\",\"stages\":{\"stage-1\":2}} | stages: {\"stage-1\":2}; valid: {\"stage-1\": \"bob\"}, or leave it out"
      })
  void whatIsNoCommandIsRefusedInOneLine(String json, String message) throws IOException {
    assertThat(violations("command", toJson(json))).isNotEmpty();
    assertThatThrownBy(() -> Command.fromJson(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidCommand.class)
        .hasMessage(message);
  }

  /** What is no JSON cannot be put to a schema: as a string it can. */
  private static byte[] toJson(String value) {
    return (value.startsWith("{") || value.startsWith("[") ? value : "\"" + value + "\"")
        .getBytes(UTF_8);
  }

  @Test
  void aPlanFitsItsSchemaAndComesBack() throws IOException {
    PlacementPlan plan =
        new PlacementPlan(
            3,
            100,
            PlacementPlan.Choice.MOVE,
            assignment(),
            -1.5,
            0.3,
            0.2,
            0.004,
            "carol computes stage-1 3.1 times as fast as bob",
            1 << 20);

    assertThat(violations("placement-plan", plan.toJson())).isEmpty();
    assertThat(PlacementPlan.fromJson(plan.toJson())).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\":\"once\"}", "{\"tokens\":[0,511]}"})
  void documentsFitTheirSchema(String json) throws IOException {
    assertThat(violations("document", json.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"\"}",
        "{\"text\":\"a\",\"tokens\":[1]}",
        "{\"text\":\"a\",\"id\":1}",
        "{\"tokens\":[]}",
        "{\"tokens\":[-1]}",
        "{\"tokens\":[1.5]}"
      })
  void otherObjectsAreNoDocuments(String json) throws IOException {
    assertThat(violations("document", json.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void theSchemasAreStrict() throws IOException {
    for (String json :
        List.of(
            "{\"type\":\"end\",\"step\":3,\"reason\":\"failed\",\"seconds\":1,\"new\":1}",
            "{\"type\":\"end\",\"step\":3,\"seconds\":1}",
            "{\"type\":\"evaluation\",\"step\":-1,\"after\":\"step\",\"loss\":1,\"perplexity\":3}")) {
      assertThat(violations("progress", json.getBytes(UTF_8))).as(json).isNotEmpty();
    }
  }

  private static ProgressRecord.Step step(
      long step, List<OwnerShare> owners, List<PartitionWork> partitions) {
    return new ProgressRecord.Step(
        step, 2.5, 1016, 1024, owners, 0.75, 3e-4, 0.25, 4096, 1, 2, partitions);
  }

  private static List<OwnerShare> twoOwners() {
    return List.of(
        new OwnerShare("alice", 2.25, 254, 256, 1), new OwnerShare("bob", 2.75, 762, 768, 3));
  }

  private static List<PartitionWork> partitions() {
    return List.of(
        new PartitionWork("owner", "alice", 0.05, 0.1, 0.09, 262_144),
        new PartitionWork("stage-1", "carol", 0.06, 0.11, 0.0, 262_144));
  }

  private static Map<String, String> assignment() {
    Map<String, String> assignment = new LinkedHashMap<>();
    assignment.put("owner", "alice");
    assignment.put("stage-1", "carol");
    assignment.put("stage-2", "bob");
    assignment.put("stage-10", "alice");
    return assignment;
  }

  private static Set<ValidationMessage> violations(String schema, byte[] json) throws IOException {
    try (InputStream source =
        Objects.requireNonNull(
            KafkaRecordsTest.class.getResourceAsStream(schema + ".schema.json"))) {
      JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(source);
      return compiled.validate(new String(json, UTF_8), InputFormat.JSON);
    }
  }
}
