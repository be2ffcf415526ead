package dev.titanic.nn.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive: a module without parameters, whose methods are given as source.
 *
 * <p>An archive is a zip file without compression: the module as a pickle, the source of its class,
 * an empty tuple of constants, the format's version.
 */
final class Archive {
  private static final String CLASS_HEAD =
      """
      class Program(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  /** Protocol 2: {@code __torch__.Program}, built from {training: True}. */
  private static final String PICKLED_MODULE =
      "\u0080\2c__torch__\nProgram\nq\0)\u0081}(X\u0008\0\0\0trainingq\1\u0088ubq\2.";

  /** Protocol 2: (). */
  private static final String PICKLED_CONSTANTS = "\u0080\2).";

  private Archive() {}

  /**
   * @param methods without indentation, with a plain {@code self}
   */
  static byte[] of(String methods) {
    String typed = methods.replace("(self,", "(self: __torch__.Program,");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", PICKLED_MODULE.getBytes(ISO_8859_1));
      add(zip, "code/__torch__.py", (CLASS_HEAD + typed.indent(2)).getBytes(UTF_8));
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
