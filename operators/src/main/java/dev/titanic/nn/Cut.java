package dev.titanic.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model is cut: the number of consecutive blocks in every partition. Partition 0 is the
 * owner's and also holds the embedding, the final norm and the head; partition k is stage k.
 */
public record Cut(List<Integer> blocksPerPartition) implements Serializable {
  public Cut {
    blocksPerPartition = List.copyOf(blocksPerPartition);
    if (blocksPerPartition.isEmpty()) {
      throw new IllegalArgumentException("a cut has at least the owner's partition");
    }
    for (int partition = 0; partition < blocksPerPartition.size(); partition++) {
      if (blocksPerPartition.get(partition) < (partition == 0 ? 0 : 1)) {
        throw new IllegalArgumentException("blocks per partition " + blocksPerPartition);
      }
    }
  }

  /**
   * Keeps the first blocks at the owner and deals the rest evenly, in order; earlier stages get the
   * remainder. Without stages everything is at the owner.
   *
   * @param blocks of the model
   * @param ownerBlocks kept at the owner
   * @param stages K
   */
  public static Cut even(int blocks, int ownerBlocks, int stages) {
    if (stages < 0) {
      throw new ModelException("stages: " + stages + ": use 0 or more");
    }
    if (stages == 0) {
      return new Cut(List.of(blocks));
    }
    if (ownerBlocks < 0 || ownerBlocks > blocks) {
      throw new ModelException(
          "ownerBlocks: %d: the model has %d blocks, use 0 to %d"
              .formatted(ownerBlocks, blocks, blocks));
    }
    int dealt = blocks - ownerBlocks;
    if (stages > dealt) {
      throw new ModelException(
          "stages: %d: the model has %d blocks and the owner keeps %d, use at most %d"
              .formatted(stages, blocks, ownerBlocks, dealt));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(ownerBlocks);
    for (int stage = 0; stage < stages; stage++) {
      sizes.add(dealt / stages + (stage < dealt % stages ? 1 : 0));
    }
    return new Cut(sizes);
  }

  /** Returns K. */
  public int stages() {
    return blocksPerPartition.size() - 1;
  }

  public int blocks() {
    return blocksPerPartition.stream().mapToInt(Integer::intValue).sum();
  }

  /** Layers by which squared norms are summed: embedding, every block, final norm and head. */
  public int layers() {
    return blocks() + 2;
  }

  /** The first block of a partition. */
  public int firstBlock(int partition) {
    return blocksPerPartition.subList(0, partition).stream().mapToInt(Integer::intValue).sum();
  }

  /** The block behind the last of a partition. */
  public int endBlock(int partition) {
    return firstBlock(partition) + blocksPerPartition.get(partition);
  }

  /** Says what a partition holds, for people. */
  public String describe(int partition) {
    int first = firstBlock(partition);
    int last = endBlock(partition) - 1;
    String range =
        first > last ? "" : first == last ? "block " + first : "blocks " + first + "-" + last;
    if (partition > 0) {
      return range;
    }
    return "embedding, " + (range.isEmpty() ? "" : range + ", ") + "head";
  }
}
