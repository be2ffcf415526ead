package dev.titanic.nn.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.CutSearch.Candidate;
import dev.titanic.nn.graph.Operand.Variable;
import dev.titanic.nn.graph.Profile.TensorLook;
import dev.titanic.nn.graph.StraightLine.StoredValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TorchScript file of a traced model, of any architecture, that can be cut in parts. */
public final class TracedModel {
  private final ScriptArchive archive;
  private final StraightLine line;
  private final Boundaries boundaries;

  /** Where trained weights are; null means in the archive. */
  private final @Nullable ModelDirectory weights;

  private TracedModel(ScriptArchive archive, @Nullable ModelDirectory weights) {
    this.archive = archive;
    this.weights = weights;
    this.line = PureLine.of(Inliner.inline(archive));
    this.boundaries = new Boundaries(line);
    requireFloat32();
  }

  /**
   * Reads a file, except for its weights.
   *
   * @throws ModelException naming what is not supported, with its place in the traced code
   */
  public static TracedModel open(Path file) {
    return new TracedModel(ScriptArchive.open(file), null);
  }

  /** Reads a file whose weights are those of a directory, as an export writes them. */
  static TracedModel open(Path file, ModelDirectory weights) {
    return new TracedModel(ScriptArchive.open(file), weights);
  }

  private void requireFloat32() {
    line.tensors()
        .forEach(
            (name, value) -> {
              if (value.trained() && value.tensor().kind() != ElementKind.FLOAT32) {
                throw new ModelException(
                    "%s: %s: type %s: trace a model with float32 parameters"
                        .formatted(archive.file(), name, value.tensor().kind()));
              }
            });
  }

  /** Names of all trained weights, as in the model's {@code state_dict}; a tied one once. */
  public List<String> weights() {
    return line.tensors().entrySet().stream()
        .filter(entry -> entry.getValue().trained())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A tensor that the model computes with: a weight, a buffer, or a constant. */
  public ArchivedTensor tensor(String name) {
    return line.tensor(name).tensor();
  }

  /**
   * SHA-256 of the code and of some weights with their names, as hexadecimal digits: what a trained
   * state of these weights belongs to.
   */
  public String hash(Collection<String> weights) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Operation operation : line.operations()) {
        digest.update(operation.source(Operand::toString).getBytes(UTF_8));
      }
      for (String weight : weights) {
        digest.update((weight + tensor(weight).shape()).getBytes(UTF_8));
        digest.update(elements(weight));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The elements of one of the tensors, dense, row-major, little-endian. */
  public ByteBuffer elements(String name) {
    ArchivedTensor tensor = tensor(name);
    ByteBuffer elements =
        ByteBuffer.allocate(Math.toIntExact(tensor.elements() * tensor.kind().bytes()));
    copyTo(name, elements);
    return elements.flip();
  }

  /**
   * Copies the elements of one of the tensors, dense, row-major, little-endian, to the target's
   * position.
   */
  public void copyTo(String name, ByteBuffer target) {
    StoredValue value = line.tensor(name);
    if (weights != null && value.trained()) {
      weights.weight(name, value.tensor().shape()).copyTo(target);
    } else {
      archive.copyTo(value.tensor(), target);
    }
  }

  /** A program that runs the whole model on a sample and tells what its values look like. */
  public ProfileProgram profileProgram() {
    return ProfileProgram.of(line, boundaries::isTensor);
  }

  /**
   * Chooses boundaries for an owner's first part, K stages and the owner's last part. The owner's
   * two parts together get as much work as one stage.
   *
   * @param stages K
   * @param looks the result of the {@link #profileProgram}
   * @return positions of K + 1 boundaries
   */
  public List<Integer> cut(int stages, long[] looks) {
    Profile profile = ProfileProgram.read(looks);
    LinePieces pieces = new LinePieces(line, profile);
    List<Candidate> candidates = candidates(profile, pieces);
    if (candidates.isEmpty()) {
      throw new ModelException(
          "%s: cannot be cut: everywhere behind the first weights something of the input's content is alive that is no float32 activation, and must not leave the owner: trace a model that uses its input only once"
              .formatted(archive.file()));
    }
    return CutSearch.best(candidates, pieces, shares(stages))
        .orElseThrow(() -> tooManyStages(stages, candidates, pieces));
  }

  private static List<Double> shares(int stages) {
    List<Double> shares = new ArrayList<>(Collections.nCopies(stages + 2, 1.0));
    shares.set(0, 0.5);
    shares.set(stages + 1, 0.5);
    return shares;
  }

  private ModelException tooManyStages(int stages, List<Candidate> candidates, LinePieces pieces) {
    int most = stages - 1;
    while (most >= 0 && CutSearch.best(candidates, pieces, shares(most)).isEmpty()) {
      most--;
    }
    if (most < 0) {
      return new ModelException(
          "%s: cannot be cut: no position has weights on both sides: trace a larger model"
              .formatted(archive.file()));
    }
    List<String> shared = pieces.shared();
    return new ModelException(
        "stages: %d: %s can be cut for at most %d%s"
            .formatted(
                stages,
                archive.file(),
                most,
                shared.isEmpty()
                    ? ""
                    : "; what uses " + String.join(", ", shared) + " twice stays together"));
  }

  /** Between two uses of weights only the narrowest position matters. */
  private List<Candidate> candidates(Profile profile, LinePieces pieces) {
    List<Candidate> candidates = new ArrayList<>();
    int group = -1;
    for (int position = 1; position < line.operations().size(); position++) {
      Optional<Long> bytes = boundaries.at(position).flatMap(boundary -> bytes(boundary, profile));
      if (bytes.isEmpty()) {
        continue;
      }
      Candidate candidate = new Candidate(position, bytes.get());
      int last = candidates.size() - 1;
      if (pieces.weightUsesBefore(position) != group) {
        candidates.add(candidate);
      } else if (candidate.bytes() < candidates.get(last).bytes()) {
        candidates.set(last, candidate);
      }
      group = pieces.weightUsesBefore(position);
    }
    return candidates;
  }

  /** Bytes of the activations, if they can travel without changing a bit. */
  private static Optional<Long> bytes(Boundary boundary, Profile profile) {
    long bytes = 0;
    for (Variable variable : boundary.tensors()) {
      TensorLook look = profile.tensors().get(variable);
      if (look == null || look.kind() != ElementKind.FLOAT32 || !look.dense()) {
        return Optional.empty();
      }
      bytes += look.bytes();
    }
    return Optional.of(bytes);
  }

  /**
   * Writes one part.
   *
   * @param cut positions of boundaries
   * @param part from 0, the first, to the number of boundaries, the last
   */
  public GraphPart part(String method, List<Integer> cut, int part) {
    Boundary start = part == 0 ? null : boundary(cut.get(part - 1));
    Boundary end = part == cut.size() ? null : boundary(cut.get(part));
    return PartWriter.write(method, line, start, end);
  }

  private @Nullable Boundary boundary(int position) {
    return boundaries
        .at(position)
        .orElseThrow(
            () ->
                new ModelException(
                    "%s: cannot be cut at operation %d: use the cut that was chosen for this file"
                        .formatted(archive.file(), position)));
  }
}
