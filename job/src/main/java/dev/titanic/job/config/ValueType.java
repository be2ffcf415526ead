package dev.titanic.job.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of value: how its text is read, and how documentation and schema describe it.
 *
 * @param valid what a text must be, completing the phrase "valid: …"
 * @param schema JSON Schema of the value
 * @param reader throws {@link IllegalArgumentException} on any other text
 */
record ValueType<T>(
    Class<T> javaType, String valid, ObjectNode schema, Function<String, T> reader) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern BYTES = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmgt]?)");
  private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmgtp]?)");
  private static final Pattern WORD = Pattern.compile("_(.)");
  private static final String PREFIXES = "kmgtp";
  private static final int DECIMAL_DIGITS = 9;

  static ValueType<String> path() {
    return of(
        String.class,
        "a path",
        schema("string").put("minLength", 1),
        text -> require(text, value -> !value.isEmpty()));
  }

  static ValueType<String> pattern(String valid, Pattern pattern) {
    return of(String.class, valid, stringSchema(pattern), text -> group(pattern, text, 0));
  }

  static ValueType<Boolean> flag() {
    return of(
        Boolean.class,
        "true or false",
        schema("boolean"),
        text -> Boolean.parseBoolean(group(Pattern.compile("true|false"), text, 0)));
  }

  static ValueType<Integer> wholeNumber(int minimum) {
    return of(
        Integer.class,
        "a whole number, at least " + minimum,
        schema("integer").put("minimum", minimum),
        text -> require(Integer.valueOf(text), value -> value >= minimum));
  }

  /** A number of stages, or the word for the best. */
  static ValueType<StageCount> stageCount() {
    ObjectNode schema = stringSchema(Pattern.compile(StageCount.AUTO));
    schema.putArray("type").add("integer").add("string");
    return of(
        StageCount.class,
        "a whole number, at least 0, or " + StageCount.AUTO,
        schema.put("minimum", 0),
        StageCount::parse);
  }

  static ValueType<Long> anyWholeNumber() {
    return of(Long.class, "a whole number", schema("integer"), Long::valueOf);
  }

  static ValueType<Double> number(double minimum) {
    return of(
        Double.class,
        "a number, at least " + new BigDecimal(minimum),
        schema("number").put("minimum", minimum),
        text -> require(Double.valueOf(text), value -> Double.isFinite(value) && value >= minimum));
  }

  static ValueType<Double> positiveNumber() {
    return of(
        Double.class,
        "a number above 0",
        schema("number").put("exclusiveMinimum", 0),
        text -> require(Double.valueOf(text), value -> Double.isFinite(value) && value > 0));
  }

  /** A number above 0, exactly as it is written. */
  static ValueType<BigDecimal> positiveDecimal() {
    return of(
        BigDecimal.class,
        "a number above 0, with at most %1$d digits before the point and %1$d behind it"
            .formatted(DECIMAL_DIGITS),
        schema("number").put("exclusiveMinimum", 0),
        text -> decimal(new BigDecimal(text).stripTrailingZeros()));
  }

  /** Without an exponent, which could stand for more digits than there is memory. */
  private static BigDecimal decimal(BigDecimal number) {
    require(
        number,
        value ->
            value.signum() > 0
                && value.scale() <= DECIMAL_DIGITS
                && (long) value.precision() - value.scale() <= DECIMAL_DIGITS);
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  static ValueType<Duration> duration(Duration minimum) {
    return of(
        Duration.class,
        "a duration of at least " + format(minimum) + " such as 500ms, 30s, 5m, 1h",
        stringSchema(DURATION),
        text -> require(parseDuration(text), value -> value.compareTo(minimum) >= 0));
  }

  /** Bytes; k, m, g and t are powers of 1024. */
  static ValueType<Long> bytes() {
    return scaled("bytes such as 512m, 8g (k, m, g, t: powers of 1024)", BYTES, 1024);
  }

  /** A quantity; k, m, g, t and p are powers of 1000. */
  static ValueType<Long> quantity(String unit) {
    return scaled(unit + " such as 50m, 12t (k, m, g, t, p: powers of 1000)", QUANTITY, 1000);
  }

  /** A rate of dropout. */
  static ValueType<Double> rate() {
    return of(
        Double.class,
        "a number from 0 to below 1",
        schema("number").put("minimum", 0).put("exclusiveMaximum", 1),
        text -> require(Double.valueOf(text), value -> value >= 0 && value < 1));
  }

  /**
   * A list of names, or one name.
   *
   * @param name what one of them must look like
   */
  static ValueType<Names> names(String valid, Pattern name) {
    Pattern several =
        Pattern.compile("(?:(?:%1$s)(?:%2$s(?:%1$s))*)?".formatted(name, Names.SEPARATOR));
    ObjectNode schema = stringSchema(name);
    schema.putArray("type").add("array").add("string");
    schema.set("items", stringSchema(name));
    return of(Names.class, valid, schema, text -> Names.of(group(several, text, 0)));
  }

  static <E extends Enum<E>> ValueType<E> choice(Class<E> values) {
    List<String> names = Arrays.stream(values.getEnumConstants()).map(ValueType::name).toList();
    ObjectNode schema = schema("string");
    names.forEach(schema.putArray("enum")::add);
    return of(
        values,
        names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names),
        schema,
        text ->
            Arrays.stream(values.getEnumConstants())
                .filter(value -> name(value).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /** How the file writes a constant. */
  static String name(Enum<?> value) {
    String words = value.name().toLowerCase(Locale.ROOT);
    return WORD.matcher(words).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  /** How the file writes a duration. */
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static Duration parseDuration(String text) {
    long amount = Long.parseLong(group(DURATION, text, 1));
    return switch (group(DURATION, text, 2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new IllegalArgumentException();
    };
  }

  private static ValueType<Long> scaled(String valid, Pattern pattern, int base) {
    ObjectNode schema = stringSchema(pattern);
    schema.putArray("type").add("string").add("integer");
    return of(
        Long.class,
        valid,
        schema.put("minimum", 1),
        text -> {
          String prefix = group(pattern, text, 2);
          int exponent = prefix.isEmpty() ? 0 : PREFIXES.indexOf(prefix) + 1;
          BigDecimal scale = BigDecimal.valueOf(base).pow(exponent);
          long value = new BigDecimal(group(pattern, text, 1)).multiply(scale).longValue();
          return require(value, positive -> positive > 0);
        });
  }

  private static <T> ValueType<T> of(
      Class<T> type, String valid, ObjectNode schema, Function<String, T> reader) {
    return new ValueType<>(type, valid, schema, reader);
  }

  private static ObjectNode schema(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode stringSchema(Pattern pattern) {
    return schema("string").put("pattern", "^(?:" + pattern.pattern() + ")$");
  }

  private static String group(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    return matcher.group(group);
  }

  private static <T> T require(T value, Predicate<T> valid) {
    if (!valid.test(value)) {
      throw new IllegalArgumentException();
    }
    return value;
  }
}
