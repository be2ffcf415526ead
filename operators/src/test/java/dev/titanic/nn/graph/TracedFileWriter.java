package dev.titanic.nn.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes TorchScript files in the format of {@code torch.jit.trace}, without PyTorch. */
public final class TracedFileWriter {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final Map<Module, String> classes = new HashMap<>();
  private final Map<Tensor, Integer> storages = new HashMap<>();
  private int memoized;

  /** A float32 tensor; one that several modules hold is tied. */
  public static final class Tensor {
    private final List<Long> shape;
    private final float[] values;

    private Tensor(List<Long> shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    /** Normal values from a seed, small enough for deep networks. */
    public static Tensor random(long seed, long... shape) {
      List<Long> extents = new ArrayList<>();
      int count = 1;
      for (long extent : shape) {
        extents.add(extent);
        count *= (int) extent;
      }
      float[] values = new float[count];
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        values[i] = (float) (0.3 * random.nextGaussian());
      }
      return new Tensor(List.copyOf(extents), values);
    }
  }

  /** A module with the body of its {@code forward}. */
  public static final class Module {
    private final String name;
    private final String arguments;
    private final String body;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();

    /**
     * @param arguments such as {@code x: Tensor}
     * @param body lines without indentation
     */
    public Module(String name, String arguments, String body) {
      this.name = name;
      this.arguments = arguments;
      this.body = body;
    }

    public Module parameter(String attribute, Tensor tensor) {
      parameters.put(attribute, tensor);
      return this;
    }

    public Module buffer(String attribute, Tensor tensor) {
      buffers.put(attribute, tensor);
      return this;
    }

    public Module module(String attribute, Module module) {
      modules.put(attribute, module);
      return this;
    }
  }

  private TracedFileWriter() {}

  public static Path write(Path file, Module root) {
    TracedFileWriter writer = new TracedFileWriter();
    writer.codes(0x80, 2);
    writer.object(root);
    writer.codes('.');
    writer.entries.put("data.pkl", writer.pickle.toByteArray());
    writer.entries.put("constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
    writer.entries.put("version", "3\n".getBytes(UTF_8));
    writer.entries.put("byteorder", "little".getBytes(UTF_8));
    writer.zip(file);
    return file;
  }

  private void object(Module module) {
    String qualified = className(module);
    int dot = qualified.lastIndexOf('.');
    global(qualified.substring(0, dot), qualified.substring(dot + 1));
    codes(')', 0x81, '}', '(');
    text("training");
    codes(0x88);
    text("_is_full_backward_hook");
    codes('N');
    Map<String, Tensor> tensors = new LinkedHashMap<>(module.parameters);
    tensors.putAll(module.buffers);
    tensors.forEach(
        (name, tensor) -> {
          text(name);
          tensor(tensor, module.parameters.containsKey(name));
        });
    module.modules.forEach(
        (name, child) -> {
          text(name);
          object(child);
        });
    codes('u', 'b');
    memoize();
  }

  /** Every module has a class of its own, as in a trace. */
  private String className(Module module) {
    String known = classes.get(module);
    if (known != null) {
      return known;
    }
    String path = "___torch_mangle_" + classes.size();
    String qualified = "__torch__." + path + "." + module.name;
    classes.put(module, qualified);
    StringBuilder source = new StringBuilder("class " + module.name + "(Module):\n");
    source.append("  __parameters__ = [").append(names(module.parameters)).append("]\n");
    source.append("  __buffers__ = [").append(names(module.buffers)).append("]\n");
    module.parameters.keySet().forEach(each -> source.append("  " + each + " : Tensor\n"));
    module.buffers.keySet().forEach(each -> source.append("  " + each + " : Tensor\n"));
    source.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    module.modules.forEach(
        (name, child) -> source.append("  " + name + " : " + className(child) + "\n"));
    source.append("  def forward(self: " + qualified + ",\n    " + module.arguments);
    source.append(") -> Tensor:\n").append(module.body.indent(4));
    entries.put("code/__torch__/" + path + ".py", source.toString().getBytes(UTF_8));
    return qualified;
  }

  private static String names(Map<String, Tensor> tensors) {
    StringBuilder names = new StringBuilder();
    tensors.keySet().forEach(name -> names.append('"').append(name).append("\", "));
    return names.toString();
  }

  private void tensor(Tensor tensor, boolean requiresGradient) {
    Integer known = storages.get(tensor);
    int storage = known == null ? storages.size() : known;
    storages.put(tensor, storage);
    ByteBuffer elements =
        ByteBuffer.allocate(Float.BYTES * tensor.values.length).order(ByteOrder.LITTLE_ENDIAN);
    elements.asFloatBuffer().put(tensor.values);
    entries.put("data/" + storage, elements.array());
    global("torch._utils", "_rebuild_tensor_v2");
    codes('(', '(');
    text("storage");
    global("torch", "FloatStorage");
    text(Integer.toString(storage));
    text("cpu");
    integer(tensor.values.length);
    codes('t', 'Q');
    memoize();
    integer(0);
    codes('(');
    tensor.shape.forEach(this::integer);
    codes('t', '(');
    long stride = tensor.values.length;
    for (long extent : tensor.shape) {
      stride /= extent;
      integer(stride);
    }
    codes('t', requiresGradient ? 0x88 : 0x89);
    global("collections", "OrderedDict");
    codes(')', 'R', 't', 'R');
    memoize();
  }

  private void global(String module, String name) {
    codes('c');
    pickle.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
    memoize();
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    codes('X');
    pickle.writeBytes(little(bytes.length));
    pickle.writeBytes(bytes);
    memoize();
  }

  private void integer(long value) {
    if (value < 256) {
      codes('K', (int) value);
    } else {
      codes('J');
      pickle.writeBytes(little((int) value));
    }
  }

  private void memoize() {
    if (memoized < 256) {
      codes('q', memoized++);
    } else {
      codes('r');
      pickle.writeBytes(little(memoized++));
    }
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private void codes(int... codes) {
    for (int code : codes) {
      pickle.write(code);
    }
  }

  private void zip(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry("model/" + entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
