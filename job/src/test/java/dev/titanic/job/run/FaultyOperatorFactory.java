package dev.titanic.job.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes operators that ask {@link InjectedFaults} before every call. */
final class FaultyOperatorFactory<T> extends AbstractStreamOperatorFactory<T>
    implements OneInputStreamOperatorFactory<Object, T> {
  private static final long serialVersionUID = 1L;

  private final StreamOperatorFactory<T> factory;
  private final String name;

  FaultyOperatorFactory(StreamOperatorFactory<T> factory, String name) {
    this.factory = factory;
    this.name = name;
    setChainingStrategy(factory.getChainingStrategy());
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink's signature
  public <OperatorT extends StreamOperator<T>> OperatorT createStreamOperator(
      StreamOperatorParameters<T> parameters) {
    StreamOperator<T> operator = factory.createStreamOperator(parameters);
    return (OperatorT)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            interfaces(operator.getClass()),
            (proxy, method, arguments) -> call(operator, method, arguments));
  }

  private Object call(StreamOperator<T> operator, Method method, Object[] arguments)
      throws Throwable {
    InjectedFaults.pass(method.getName(), name);
    try {
      return method.invoke(operator, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Class<?>[] interfaces(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      all.addAll(Set.of(at.getInterfaces()));
    }
    return all.toArray(Class<?>[]::new);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's signature
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return factory.getStreamOperatorClass(classLoader);
  }
}
