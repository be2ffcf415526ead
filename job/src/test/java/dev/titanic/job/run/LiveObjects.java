package dev.titanic.job.run;

import java.lang.management.ManagementFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/** Counts the reachable objects of this JVM, by what the virtual machine itself says. */
final class LiveObjects {
  private static final Pattern LINE =
      Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(\\S+)", Pattern.MULTILINE);

  private LiveObjects() {}

  /** Objects of all classes whose name begins so; collects garbage first. */
  static long of(String prefix) throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return LINE.matcher(histogram)
        .results()
        .filter(line -> line.group(2).startsWith(prefix))
        .map((MatchResult line) -> line.group(1))
        .mapToLong(Long::parseLong)
        .sum();
  }
}
