package dev.titanic.coordinator;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;

/**
 * An accumulator that shows a value as it is when the TaskManager reports, so that the dashboard
 * has it without anyone choosing a metric. Only one subtask may have it.
 */
public final class LatestValue<T extends Serializable> implements SimpleAccumulator<T> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<T> source;

  public LatestValue(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T getLocalValue() {
    return source.get();
  }

  @Override
  public void add(T value) {
    throw new UnsupportedOperationException("the value comes from its source");
  }

  @Override
  public void resetLocal() {}

  @Override
  public void merge(Accumulator<T, T> other) {
    throw new UnsupportedOperationException("only one subtask has this accumulator");
  }

  @Override
  public Accumulator<T, T> clone() {
    T now = source.get();
    return new LatestValue<>(new Constant<>(now));
  }

  /** What travels is the value. */
  private Object writeReplace() throws ObjectStreamException {
    return new Reported<>(getLocalValue());
  }

  private record Constant<T extends Serializable>(T value) implements Supplier<T> {
    @Override
    public T get() {
      return value;
    }
  }

  private record Reported<T extends Serializable>(T value) implements Serializable {
    private Object readResolve() throws ObjectStreamException {
      return new LatestValue<>(new Constant<>(value));
    }
  }
}
