package dev.titanic.job.compare;

import dev.titanic.job.config.JobConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to train.
 *
 * @param name for people
 * @param directory name of its output directory
 * @param config its run
 * @param documents of which owners each client with data has, in this order
 */
public record Contestant(
    String name, String directory, JobConfig config, Map<String, List<String>> documents) {
  public Contestant {
    documents = Collections.unmodifiableMap(new LinkedHashMap<>(documents));
  }

  /** Whether a client has the documents of several owners, which no topic of theirs holds. */
  public boolean joinsDocuments() {
    return documents.values().stream().anyMatch(owners -> owners.size() > 1);
  }
}
