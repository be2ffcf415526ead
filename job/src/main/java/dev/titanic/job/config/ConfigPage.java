package dev.titanic.job.config;

/** The documentation of the configuration file, made from the options. */
final class ConfigPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      One YAML file describes a run. It is checked before anything starts: every mistake is one line with its place in the file and what \
      would be valid. `run.yaml` in the output directory is the same file with every default filled in.

      This page is generated from the options in the code, as is the [JSON Schema](../%s) that editors complete with.

      ```yaml
      # yaml-language-server: $schema=titanic.schema.json
      model: {path: models/base}
      stages: 2
      clients:
        - id: alice
        - {id: bob, data: false}
        - {id: carol, data: false, memory: 8g}
      training: {stepsPerTurn: 200, learningRate: 3.0e-4, schedule: cosine, warmupSteps: 20}
      placement: {fixed: {stage-2: bob}}
      evaluation: {text: data/test.txt}
      ```

      | key | value | default | |
      |---|---|---|---|
      """;

  private ConfigPage() {}

  /**
   * @param schema path of the JSON Schema from the top of the repository
   */
  static String generate(String schema) {
    StringBuilder page = new StringBuilder(INTRODUCTION.formatted(schema));
    for (Option<?> option : Options.ALL) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  option.key(),
                  option.type().valid(),
                  option.required() ? "**required**" : option.defaultText(),
                  option.description()));
    }
    return page.toString();
  }
}
