package dev.titanic.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ClassPathTest {

  @Test
  void clusterLoadsFlinkAndTheEngineButNotTheJob() {
    assertThat(ClassPath.cluster())
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .anyMatch(jar -> jar.startsWith("flink-runtime-web-"))
        .anyMatch(jar -> jar.startsWith("log4j-core-"))
        .anyMatch(jar -> jar.startsWith("pytorch-native-cpu-"))
        .noneMatch(jar -> jar.startsWith("kafka"))
        .noneMatch(jar -> jar.startsWith("flink-connector-kafka"))
        .noneMatch(jar -> jar.startsWith("jackson-"))
        .noneMatch(jar -> jar.startsWith("titanic"));
  }
}
