package dev.titanic.nn.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.graph.ElementKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: a module without parameters, whose methods are given as source.
 *
 * <p>An archive is a zip file without compression: the module as a pickle, the source of its class,
 * the elements of its tensors, an empty tuple of constants, the format's version.
 */
final class Archive {
  private static final String CLASS_HEAD =
      """
      class Program(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  /** Protocol 2: (). */
  private static final String PICKLED_CONSTANTS = "\u0080\2).";

  private Archive() {}

  /**
   * A tensor that a module holds.
   *
   * @param elements all of the buffer's array, dense, row-major, little-endian
   */
  record Attribute(String name, ElementKind kind, List<Long> shape, ByteBuffer elements) {
    Attribute {
      shape = List.copyOf(shape);
    }
  }

  /**
   * @param methods without indentation, with a plain {@code self}
   */
  static byte[] of(String methods) {
    return of(methods, List.of());
  }

  /**
   * @param methods without indentation, with a plain {@code self}
   * @param attributes tensors that they use as {@code self.NAME}
   */
  static byte[] of(String methods, List<Attribute> attributes) {
    String typed = methods.replace("(self,", "(self: __torch__.Program,");
    StringBuilder source = new StringBuilder(CLASS_HEAD);
    attributes.forEach(each -> source.append("  ").append(each.name()).append(" : Tensor\n"));
    source.append(typed.indent(2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", new ModulePickle().of(attributes));
      add(zip, "code/__torch__.py", source.toString().getBytes(UTF_8));
      for (int i = 0; i < attributes.size(); i++) {
        add(zip, "data/" + i, attributes.get(i).elements().array());
      }
      add(zip, "constants.pkl", PICKLED_CONSTANTS.getBytes(ISO_8859_1));
      add(zip, "version", "10\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("program/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
