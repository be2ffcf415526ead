package dev.titanic.nn.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.ModelException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the subset of Python's pickle format, protocol 2, in which TorchScript writes modules and
 * constants. Nothing is ever executed: the only objects are modules and tensors.
 *
 * <p>Results: {@link ScriptModule}, {@link ArchivedTensor}, {@link List} for lists and tuples,
 * {@link Map}, {@link String}, {@link Long}, {@link Double}, {@link Boolean}, null.
 */
final class Unpickler {
  private static final String SUPPORTED = "use a file that torch.jit.save wrote for a traced model";

  private final String file;
  private final String storages;
  private final ByteBuffer in;
  private final Deque<List<@Nullable Object>> marked = new ArrayDeque<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();
  private List<@Nullable Object> stack = new ArrayList<>();

  /** A class or function by its name. */
  private record Global(String name) {}

  private Unpickler(String file, String storages, byte[] bytes) {
    this.file = file;
    this.storages = storages;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @param file for messages
   * @param storages folder of the archive in which the elements of tensors are
   */
  static @Nullable Object read(String file, String storages, byte[] bytes) {
    Unpickler unpickler = new Unpickler(file, storages, bytes);
    try {
      return unpickler.run();
    } catch (BufferUnderflowException e) {
      throw unpickler.broken("it is cut off");
    } catch (ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw unpickler.broken("its objects are not those of a TorchScript module");
    }
  }

  private @Nullable Object run() {
    for (int code = next(); code != '.'; code = next()) {
      step(code);
    }
    return pop();
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> protocol(next());
      case 'c' -> push(new Global(line() + "." + line()));
      case 'q' -> memo.put(next(), top());
      case 'r' -> memo.put(in.getInt(), top());
      case 'h' -> push(memo.get(next()));
      case 'j' -> push(memo.get(in.getInt()));
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) next());
      case 'M' -> push((long) (in.getShort() & 0xffff));
      case 'J' -> push((long) in.getInt());
      case 0x8a -> push(longOf(next()));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'X' -> push(text(in.getInt()));
      case 0x8c -> push(text(next()));
      case ')', ']' -> push(new ArrayList<@Nullable Object>());
      case '}' -> push(new LinkedHashMap<String, @Nullable Object>());
      case '(' -> mark();
      case 't', 'l' -> push(toMark());
      case 0x85 -> push(last(1));
      case 0x86 -> push(last(2));
      case 0x87 -> push(last(3));
      case 'a' -> append(last(1));
      case 'e' -> append(toMark());
      case 's' -> setItems(last(2));
      case 'u' -> setItems(toMark());
      case 'Q' -> push(pop()); // the storage's description stands for the storage
      case 0x81 -> newObject();
      case 'R' -> reduce();
      case 'b' -> build();
      default -> throw broken("it has the pickle code 0x%02x".formatted(code));
    }
  }

  private void protocol(int version) {
    if (version != 2) {
      throw broken("it has pickle protocol " + version);
    }
  }

  private void newObject() {
    List<?> arguments = (List<?>) required(pop());
    String name = ((Global) required(pop())).name();
    if (!arguments.isEmpty() || !name.startsWith("__torch__.")) {
      throw broken("it has an object of " + name);
    }
    push(new ScriptModule(name));
  }

  private void build() {
    Map<?, ?> state = (Map<?, ?>) required(pop());
    ScriptModule module = (ScriptModule) required(top());
    state.forEach((name, value) -> module.attributes().put((String) name, value));
  }

  private void reduce() {
    List<?> arguments = (List<?>) required(pop());
    String function = ((Global) required(pop())).name();
    switch (function) {
      case "torch._utils._rebuild_tensor_v2" -> push(tensor(arguments));
      case "collections.OrderedDict" -> push(new LinkedHashMap<String, @Nullable Object>());
      case "torch.jit._pickle.restore_type_tag",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist" ->
          push(arguments.get(0));
      default -> throw broken("it calls " + function);
    }
  }

  /** Arguments: storage, offset, shape, strides, whether it requires a gradient, hooks. */
  private ArchivedTensor tensor(List<?> arguments) {
    List<?> storage = (List<?>) required(arguments.get(0));
    String type = ((Global) required(storage.get(1))).name();
    ElementKind kind =
        ElementKind.ofStorage(type.substring(type.indexOf('.') + 1))
            .orElseThrow(() -> broken("it has a " + type));
    return new ArchivedTensor(
        storages + "/" + required(storage.get(2)),
        kind,
        (Long) required(arguments.get(1)),
        extents(arguments.get(2)),
        extents(arguments.get(3)),
        (Boolean) required(arguments.get(4)));
  }

  private List<Long> extents(@Nullable Object list) {
    return ((List<?>) required(list)).stream().map(Long.class::cast).toList();
  }

  private void append(List<@Nullable Object> elements) {
    @SuppressWarnings("unchecked")
    List<@Nullable Object> list = (List<@Nullable Object>) required(top());
    list.addAll(elements);
  }

  private void setItems(List<@Nullable Object> items) {
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) required(top());
    for (int i = 0; i < items.size(); i += 2) {
      map.put((String) required(items.get(i)), items.get(i + 1));
    }
  }

  private void mark() {
    marked.push(stack);
    stack = new ArrayList<>();
  }

  private List<@Nullable Object> toMark() {
    List<@Nullable Object> above = stack;
    if (marked.isEmpty()) {
      throw broken("a mark is missing");
    }
    stack = marked.pop();
    return above;
  }

  private List<@Nullable Object> last(int count) {
    List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
    List<@Nullable Object> copy = new ArrayList<>(tail);
    tail.clear();
    return copy;
  }

  private long longOf(int bytes) {
    if (bytes > Long.BYTES) {
      throw broken("it has an integer of " + bytes + " bytes");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << 8 * i;
    }
    int unused = Long.SIZE - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused;
  }

  private String text(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw broken("it is cut off");
    }
    byte[] content = new byte[bytes];
    in.get(content);
    return new String(content, UTF_8);
  }

  private String line() {
    int start = in.position();
    while (next() != '\n') {
      // to the end of the line
    }
    return new String(in.array(), start, in.position() - start - 1, UTF_8);
  }

  private int next() {
    return in.get() & 0xff;
  }

  private void push(@Nullable Object value) {
    stack.add(value);
  }

  private @Nullable Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private @Nullable Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object required(@Nullable Object value) {
    if (value == null) {
      throw broken("an object is missing");
    }
    return value;
  }

  private ModelException broken(String how) {
    return new ModelException(file + ": " + how + ": " + SUPPORTED);
  }
}
