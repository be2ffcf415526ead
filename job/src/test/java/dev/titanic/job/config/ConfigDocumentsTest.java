package dev.titanic.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is published says what the code does. With {@code -Dtitanic.write-documents=true} these
 * tests write the documents instead of comparing them.
 */
final class ConfigDocumentsTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final String SCHEMA = "job/src/main/resources/titanic.schema.json";
  private static final ObjectMapper YAML = new YAMLMapper();

  @Test
  void documentationIsThatOfTheOptions() throws IOException {
    compareOrWrite(REPOSITORY.resolve("docs/configuration.md"), ConfigPage.generate(SCHEMA));
  }

  @Test
  void schemaIsThatOfTheOptions() throws IOException {
    compareOrWrite(
        REPOSITORY.resolve(SCHEMA),
        ConfigSchema.generate().toPrettyString() + System.lineSeparator());
  }

  @Test
  void theExampleInTheDocumentationIsValid() throws IOException {
    String page = ConfigPage.generate(SCHEMA);
    String example = page.substring(page.indexOf("```yaml") + 7, page.lastIndexOf("```"));

    assertThat(schema().validate(YAML.readTree(example))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stages: all",
        "stages: -1",
        "staegs: 1",
        "training: {draw: lots}",
        "training: {lora: {rank: 0}}",
        "training: {lora: {targets: [3 4]}}",
        "training: {lora: {dropout: 1}}",
        "training: {rounds: 0}",
        "training: {learningRate: 0}",
        "training: {watchdog: 5}",
        "placement: {fixed: {stage1: bob}}",
        "kafka: {bootstrapServers: here}"
      })
  void schemaRefusesWhatTheReaderRefuses(String mistake) throws IOException {
    String good = "model: {path: base}\nclients: [{id: alice, memory: 8g}]\n";
    JsonNode config = YAML.readTree(good + mistake);

    assertThat(schema().validate(YAML.readTree(good))).isEmpty();
    assertThat(schema().validate(config)).hasSize(1);
  }

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(ConfigSchema.generate());
  }

  private static void compareOrWrite(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("titanic.write-documents")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).as("written by -Dtitanic.write-documents=true").content().isEqualTo(expected);
  }
}
