package dev.titanic.nn.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes a module as a pickle of protocol 2: {@code __torch__.Program}, built from attributes. */
final class ModulePickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Elements of attribute i are in {@code data/i}. */
  byte[] of(List<Archive.Attribute> attributes) {
    codes(0x80, 2);
    global("__torch__", "Program");
    codes(')', 0x81, '}', '('); // an object without arguments, and a dictionary for its state
    text("training");
    codes(0x88);
    for (int i = 0; i < attributes.size(); i++) {
      text(attributes.get(i).name());
      tensor(attributes.get(i), i);
    }
    codes('u', 'b', '.');
    return out.toByteArray();
  }

  /** Storage, offset, shape, strides, no gradient, no hooks. */
  private void tensor(Archive.Attribute tensor, int index) {
    global("torch._utils", "_rebuild_tensor_v2");
    codes('(', '(');
    text("storage");
    global("torch", tensor.kind().storage());
    text(Integer.toString(index));
    text("cpu");
    integer(tensor.elements().capacity() / tensor.kind().bytes());
    codes('t', 'Q');
    integer(0);
    codes('(');
    tensor.shape().forEach(this::integer);
    codes('t', '(');
    strides(tensor.shape()).forEach(this::integer);
    codes('t', 0x89);
    global("collections", "OrderedDict");
    codes(')', 'R', 't', 'R');
  }

  private static List<Long> strides(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
      strides[dimension] = stride;
      stride *= shape.get(dimension);
    }
    return List.of(strides);
  }

  private void global(String module, String name) {
    codes('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    codes('X');
    out.writeBytes(little(bytes.length));
    out.writeBytes(bytes);
  }

  private void integer(long value) {
    codes('J');
    out.writeBytes(little(Math.toIntExact(value)));
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private void codes(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
  }
}
