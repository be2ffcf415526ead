package dev.titanic.job.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The next failure of a job, drawn from a seed: in which call of any operator, and after how many
 * of them. One for the JVM, because operators are made by Flink.
 */
final class InjectedFaults {
  /** Calls of an operator in which a failure may come. */
  enum Call {
    OPEN("open", 12),
    PROCESS("processElement", 400),
    SNAPSHOT("snapshotState", 12),
    NOTIFY("notifyCheckpointComplete", 12);

    private final String method;
    private final int mostCalls;

    Call(String method, int mostCalls) {
      this.method = method;
      this.mostCalls = mostCalls;
    }
  }

  private static Random random = new Random(0);
  private static boolean enabled;
  private static Call next = Call.OPEN;
  private static int countdown;
  private static final Map<Call, Integer> INJECTED = new EnumMap<>(Call.class);
  private static final Set<String> OPERATORS = new TreeSet<>();

  private InjectedFaults() {}

  static synchronized void enable(long seed) {
    random = new Random(seed);
    enabled = true;
    draw();
  }

  static synchronized void disable() {
    enabled = false;
  }

  private static void draw() {
    Call[] calls = Call.values();
    next = calls[random.nextInt(calls.length)];
    countdown = 1 + random.nextInt(next.mostCalls);
  }

  /** Called by every operator before every method. */
  static synchronized void pass(String method, String operator) {
    if (!enabled || !method.equals(next.method) || --countdown > 0) {
      return;
    }
    INJECTED.merge(next, 1, Integer::sum);
    OPERATORS.add(operator);
    String where = next + " of " + operator;
    draw();
    throw new InjectedFault(where);
  }

  static synchronized int injected() {
    return INJECTED.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many failures came in which call. */
  static synchronized Map<Call, Integer> byCall() {
    return Map.copyOf(INJECTED);
  }

  /** Names of the operators that failed. */
  static synchronized Set<String> operators() {
    return Set.copyOf(OPERATORS);
  }

  private static final class InjectedFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedFault(String where) {
      super("injected in " + where);
    }
  }
}
