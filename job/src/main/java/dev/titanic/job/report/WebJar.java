package dev.titanic.job.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A JavaScript library on the class path, in the version that the build chose. */
final class WebJar {
  private static final ClassLoader CLASS_PATH = WebJar.class.getClassLoader();

  private final String directory;

  private WebJar(String directory) {
    this.directory = directory;
  }

  static WebJar ofNpm(String name) {
    Properties maven = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      maven.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WebJar(
        "META-INF/resources/webjars/%s/%s/".formatted(name, maven.getProperty("version")));
  }

  String text(String path) {
    try (InputStream in = open(directory + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = CLASS_PATH.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return in;
  }
}
