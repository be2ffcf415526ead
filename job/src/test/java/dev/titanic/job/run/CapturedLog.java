package dev.titanic.job.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that this JVM logs at info level or above, with the traces of what is thrown. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LoggerConfig root;
  private final Level before;

  private CapturedLog(LoggerConfig root) {
    super("captured", null, null, true, Property.EMPTY_ARRAY);
    this.root = root;
    this.before = root.getLevel();
  }

  static CapturedLog open() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    CapturedLog log = new CapturedLog(context.getConfiguration().getRootLogger());
    log.start();
    log.root.addAppender(log, Level.INFO, null);
    log.root.setLevel(Level.INFO);
    context.updateLoggers();
    return log;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getMessage().getFormattedMessage());
    for (Throwable at = event.getThrown(); at != null; at = at.getCause()) {
      lines.add(at.toString());
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    root.removeAppender(getName());
    root.setLevel(before);
    ((LoggerContext) LogManager.getContext(false)).updateLoggers();
    stop();
  }
}
