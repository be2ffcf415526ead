package dev.titanic.job.flink;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** The project's own Flink settings: the content of {@code flink-conf/config.yaml}. */
public final class FlinkSettings {
  /** Name of the file, and of the resource it is packed as. */
  public static final String FILE = "config.yaml";

  private FlinkSettings() {}

  /** A fresh copy, to add to. */
  public static Configuration load() {
    try (InputStream yaml = FlinkSettings.class.getResourceAsStream(FILE)) {
      if (yaml == null) {
        throw new IllegalStateException(FILE + " is missing beside " + FlinkSettings.class);
      }
      Map<String, String> settings =
          new YAMLMapper().readValue(yaml, new TypeReference<Map<String, String>>() {});
      return Configuration.fromMap(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }
}
