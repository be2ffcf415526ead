package dev.titanic.nn.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A TorchScript file: a zip with the tree of modules and the constants as pickles, the source of
 * their classes, and one entry per storage of tensors.
 *
 * <p>Opening reads everything but the storages.
 */
final class ScriptArchive {
  private static final String MODULE = "/data.pkl";
  private static final String VALID = "use a file that torch.jit.save wrote";

  private final Path file;
  private final String folder;
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, Map<String, ScriptClass>> parsed = new HashMap<>();
  private final ScriptModule root;
  private final List<?> constants;

  private ScriptArchive(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.folder = folder(file, zip);
    if (zip.getEntry(folder + "/byteorder") != null
        && !new String(read(zip, "byteorder"), UTF_8).equals("little")) {
      throw new ModelException(file + ": is not little-endian: use a file from such a machine");
    }
    for (ZipEntry entry : zip.stream().toList()) {
      String name =
          entry.getName().substring(Math.min(folder.length() + 1, entry.getName().length()));
      if (name.startsWith("code/") && name.endsWith(".py")) {
        sources.put(name, new String(read(zip, name), UTF_8));
      }
    }
    if (unpickled(zip, "data", "data") instanceof ScriptModule module) {
      this.root = module;
    } else {
      throw new ModelException(file + ": holds no module: " + VALID);
    }
    this.constants =
        unpickled(zip, "constants", "constants") instanceof List<?> list ? list : List.of();
  }

  static ScriptArchive open(Path file) {
    if (!Files.isReadable(file)) {
      throw new ModelException(file + ": cannot be read: use a readable file");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new ScriptArchive(file, zip);
    } catch (IOException e) {
      throw new ModelException(file + ": is no whole zip file: " + VALID, e);
    }
  }

  private static String folder(Path file, ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(
            name -> name.endsWith(MODULE) && name.indexOf('/') == name.length() - MODULE.length())
        .map(name -> name.substring(0, name.length() - MODULE.length()))
        .findFirst()
        .orElseThrow(() -> new ModelException(file + ": has no data.pkl: " + VALID));
  }

  private Object unpickled(ZipFile zip, String pickle, String storages) throws IOException {
    String entry = pickle + ".pkl";
    Object value = Unpickler.read(file + ": " + entry, storages, read(zip, entry));
    return value == null ? List.of() : value;
  }

  private byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(folder + "/" + name);
    if (entry == null) {
      throw new ModelException(file + ": has no " + name + ": " + VALID);
    }
    if (entry.getSize() > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          "%s: %s: %d bytes: use tensors of at most 2 GiB".formatted(file, name, entry.getSize()));
    }
    return zip.getInputStream(entry).readAllBytes();
  }

  Path file() {
    return file;
  }

  /** Name of the folder in which all entries are. */
  String folder() {
    return folder;
  }

  ScriptModule root() {
    return root;
  }

  /** The constant that the source calls {@code CONSTANTS.cN}. */
  ArchivedTensor constant(String place, int index) {
    if (index < constants.size() && constants.get(index) instanceof ArchivedTensor tensor) {
      return tensor;
    }
    throw Unsupported.at(place, "a constant that is no tensor");
  }

  /** The class of a module, parsed when first asked for. */
  ScriptClass classOf(ScriptModule module) {
    int dot = module.className().lastIndexOf('.');
    String source = "code/" + module.className().substring(0, dot).replace('.', '/') + ".py";
    String text = sources.get(source);
    if (text == null) {
      throw new ModelException(file + ": has no " + source + ": " + VALID);
    }
    ScriptClass found =
        parsed
            .computeIfAbsent(source, name -> SourceParser.parse(file + ": " + name, text))
            .get(module.className().substring(dot + 1));
    if (found == null) {
      throw new ModelException(
          "%s: %s has no class %s: %s".formatted(file, source, module.className(), VALID));
    }
    return found;
  }

  /** Copies a tensor's elements, dense and row-major, to the target, at its position. */
  void copyTo(ArchivedTensor tensor, ByteBuffer target) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      new StridedCopy(tensor, read(zip, tensor.storage())).to(target);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: use a readable file", e);
    } catch (IndexOutOfBoundsException e) {
      throw new ModelException(file + ": " + tensor.storage() + ": is cut off: " + VALID, e);
    }
  }
}
