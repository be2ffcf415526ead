package dev.titanic.job.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** The configuration as a YAML file. */
public final class ConfigFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(writtenAsInTheFile())
          .build();

  private ConfigFile() {}

  /**
   * Reads and checks a configuration; nothing is started or loaded.
   *
   * @throws InvalidConfig naming everything that is wrong
   */
  public static JobConfig read(Path file) throws InvalidConfig {
    Problems problems = new Problems(file.toString());
    String yaml = text(file, problems);
    YamlNode node = YamlReader.read(yaml, problems);
    problems.throwIfAny();
    Values values = ValuesReader.read(node, problems);
    problems.throwIfAny();
    return Resolver.resolve(file, values, problems);
  }

  /** Writes a configuration such that reading the file gives the same one. */
  public static void write(JobConfig config, Path file) throws IOException {
    YAML.writeValue(file.toFile(), config);
  }

  private static String text(Path file, Problems problems) throws InvalidConfig {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add(Location.START, "no such file; valid: a configuration in YAML");
    } catch (IOException e) {
      String wrong = Files.isDirectory(file) ? "a directory" : "not readable as UTF-8";
      problems.add(Location.START, wrong + "; valid: a configuration in YAML");
    }
    problems.throwIfAny();
    return "";
  }

  private static SimpleModule writtenAsInTheFile() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Duration.class, new TextSerializer<>(ValueType::format));
    module.addSerializer(Enum.class, new TextSerializer<>(ValueType::name));
    return module;
  }
}
