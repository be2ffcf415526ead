package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import dev.titanic.schemas.edge.StreamPosition.Window;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import dev.titanic.schemas.state.Orders;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.Round;
import dev.titanic.schemas.state.RunState;
import dev.titanic.schemas.state.Turn;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Seeded records of every kind, made from their components, so that no new kind is forgotten. */
final class RandomRecords {
  /** Must be in no {@code toString}: every byte of every tensor. */
  static final byte CONTENT = 'Z';

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  /** All kinds of message, through the sealed hierarchy. */
  static List<Class<?>> messageKinds() {
    return leaves(Message.class).distinct().toList();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RandomRecords::leaves)
        : Stream.of(type);
  }

  Packet packet(Class<?> kind) {
    return new Packet(address(), address(), (Message) record(kind));
  }

  Address address() {
    return new Address(random.nextInt(7) - 3, random.nextInt(9));
  }

  PartitionState partitionState(int parameters) {
    return new PartitionState(
        random.nextInt(4),
        string(),
        random.nextInt(1000),
        random.nextInt(1000),
        string(),
        IntStream.range(0, parameters)
            .mapToObj(i -> new PartitionState.Parameter(string(), tensor(), tensor(), tensor()))
            .toList());
  }

  RunState runState() {
    long step = random.nextInt(1000);
    return new RunState(
        step,
        new Turn(random.nextInt(9), random.nextInt(99)),
        random.nextInt(2000),
        random.nextInt(50),
        List.of(string(), "bob"),
        Map.of("alice", position(), "bob", position()),
        step - 1,
        random.nextInt(9),
        random.nextInt(3),
        random.nextInt(5),
        random.nextBoolean(),
        new Orders(
            random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), List.of(string())),
        new Round(
            Map.of("alice", random.nextLong(), "bob", random.nextLong()),
            Map.of("alice", random.nextLong()),
            Map.of("bob", random.nextLong()),
            random.nextLong()));
  }

  StreamPosition position() {
    int partitions = random.nextInt(4);
    return new StreamPosition(
        LongStream.range(0, partitions)
            .mapToObj(i -> new StreamPosition.Cursor(random.nextLong() >>> 1, random.nextInt(99)))
            .toList(),
        partitions == 0 ? 0 : random.nextInt(partitions),
        window(),
        random.nextBoolean()
            ? null
            : new Passes(random.nextInt(9), List.of(random.nextLong()), random.nextLong() >>> 1));
  }

  private Window window() {
    int size = random.nextInt(1000);
    return new Window(random.nextInt(99), size, random.nextLong(), random.nextInt(size + 1));
  }

  /** Whole or a frame, in one or more chunks, on the heap or not, possibly empty. */
  TensorData tensor() {
    ElementType[] types = ElementType.values();
    ElementType type = types[random.nextInt(types.length)];
    TensorSpec spec = TensorSpec.of(type, random.nextInt(3), 1 + random.nextInt(40), 7);
    long offset = random.nextBoolean() ? 0 : spec.bytes() / 2;
    int size = (int) (spec.bytes() - offset);
    int cut = random.nextInt(size + 1);
    return TensorData.frame(spec, offset, List.of(buffer(cut), buffer(size - cut)));
  }

  /** A view into the middle of something larger. */
  private ByteBuffer buffer(int size) {
    int before = random.nextInt(4);
    int all = before + size + 3;
    ByteBuffer buffer =
        random.nextBoolean() ? ByteBuffer.allocate(all) : ByteBuffer.allocateDirect(all);
    while (buffer.hasRemaining()) {
      buffer.put(CONTENT);
    }
    return buffer.slice(before, size);
  }

  private String string() {
    return "block-" + "\u00e9\u4e16".repeat(random.nextInt(5)) + random.nextInt(100);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(c -> value(c)).toArray();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no random " + type, e);
    }
  }

  private Work work() {
    return new Work(
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        Map.of(0, random.nextLong(), 1 + random.nextInt(9), random.nextLong()),
        Map.of(random.nextInt(9), random.nextLong()));
  }

  private Object element(RecordComponent list) {
    Type element = ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    if (element == Message.Holding.class) {
      return new Message.Holding(random.nextInt(), string(), random.nextLong());
    }
    if (element == HostedWork.class) {
      return new HostedWork(random.nextInt(4), string(), random.nextInt(9), work());
    }
    if (element == String.class) {
      return string();
    }
    if (element == Integer.class) {
      return random.nextInt();
    }
    throw new AssertionError("no random element of " + list);
  }

  private Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == int.class) {
      return random.nextInt();
    }
    if (type == long.class) {
      return random.nextLong();
    }
    if (type == double.class) {
      return random.nextDouble();
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == String.class) {
      return string();
    }
    if (type == TensorData.class) {
      return tensor();
    }
    if (type == StreamPosition.class) {
      return position();
    }
    if (type == SquaredNorms.class) {
      return SquaredNorms.of(random.doubles(random.nextInt(6)).toArray());
    }
    if (type == Transaction.class) {
      List<Integer> owners = random.ints(1 + random.nextInt(3), 0, 9).distinct().boxed().toList();
      List<Integer> stages = random.ints(random.nextInt(5), 0, 9).boxed().toList();
      return new Transaction(random.nextInt(99), random.nextInt(99), new Route(owners, stages));
    }
    if (type == Work.class) {
      return work();
    }
    if (type == List.class) {
      return List.of(element(component));
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    throw new AssertionError("no random " + component + " of " + component.getDeclaringRecord());
  }
}
