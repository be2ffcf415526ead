package dev.titanic.job.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operators of another factory, with a {@link Probe} around each call of Flink and each
 * mail. The operators know nothing of it.
 */
final class ProbedOperatorFactory<IN, OUT> extends AbstractStreamOperatorFactory<OUT>
    implements OneInputStreamOperatorFactory<IN, OUT> {
  private static final long serialVersionUID = 1L;

  private static final Map<String, Moment> MOMENTS =
      Map.of(
          "open", Moment.OPEN,
          "processElement", Moment.INPUT,
          "prepareSnapshotPreBarrier", Moment.BEFORE_BARRIER,
          "snapshotState", Moment.SNAPSHOT,
          "notifyCheckpointComplete", Moment.NOTIFICATION);

  /** A factory is serialized on its way to the task, a probe is not: both are in this JVM. */
  private static volatile Probe probe = new Probe() {};

  private final String name;
  private final StreamOperatorFactory<OUT> factory;

  ProbedOperatorFactory(String name, StreamOperatorFactory<OUT> factory) {
    this.name = name;
    this.factory = factory;
    setChainingStrategy(factory.getChainingStrategy());
  }

  static void use(Probe next) {
    probe = next;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <T extends StreamOperator<OUT>> T createStreamOperator(
      StreamOperatorParameters<OUT> parameters) {
    int attempt = parameters.getContainingTask().getEnvironment().getTaskInfo().getAttemptNumber();
    StreamOperator<OUT> operator =
        factory.createStreamOperator(
            new StreamOperatorParameters<>(
                parameters.getContainingTask(),
                parameters.getStreamConfig(),
                parameters.getOutput(),
                parameters::getProcessingTimeService,
                parameters.getOperatorEventDispatcher(),
                new ProbedMailbox(
                    parameters.getMailboxExecutor(), () -> reach(attempt, Moment.MAIL))));
    return (T)
        Proxy.newProxyInstance(
            operator.getClass().getClassLoader(),
            interfacesOf(operator.getClass()).toArray(Class<?>[]::new),
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof StreamRecord<?> element) {
                probe.received(element.getValue());
              }
              Moment moment = MOMENTS.get(method.getName());
              reach(attempt, moment);
              try {
                return method.invoke(operator, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                reach(attempt, moment);
              }
            });
  }

  private void reach(int attempt, @Nullable Moment moment) {
    if (moment != null) {
      probe.reached(name, attempt, moment);
    }
  }

  private static Set<Class<?>> interfacesOf(Class<?> type) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      interfaces.addAll(List.of(at.getInterfaces()));
    }
    return interfaces;
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return factory.getStreamOperatorClass(classLoader);
  }
}
