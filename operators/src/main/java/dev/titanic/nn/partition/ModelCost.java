package dev.titanic.nn.partition;

import dev.titanic.nn.ComputeType;
import dev.titanic.nn.Cut;
import dev.titanic.nn.family.Architecture;
import java.util.List;

/**
 * What a model costs, part by part, for one shape of batches.
 *
 * @param tables bytes that every partition keeps beside its weights
 * @param tied weights of the embedding that the head uses too
 * @param boundaryBytes hidden state of one micro-batch: what crosses a cut, in each direction
 */
public record ModelCost(
    BatchShape batch,
    PartCost embedding,
    List<PartCost> blocks,
    PartCost head,
    WeightCost tied,
    long tables,
    long boundaryBytes) {

  /**
   * Squared norms are summed over pieces of a gradient with so many elements, in float64: the piece
   * and its square.
   */
  private static final long NORM_PIECE = 1 << 15;

  public ModelCost {
    blocks = List.copyOf(blocks);
  }

  /** Derives the cost of every part from an architecture's program, in float32. */
  public static ModelCost of(Architecture architecture, BatchShape batch) {
    return of(architecture, batch, ComputeType.FLOAT32, false);
  }

  /**
   * Derives the cost of every part from an architecture's program.
   *
   * @param recompute whether graphs keep only the ends of blocks
   */
  public static ModelCost of(
      Architecture architecture, BatchShape batch, ComputeType compute, boolean recompute) {
    return new PartCosts(architecture, batch, compute, recompute).cost();
  }

  /** Cost of a partition of a cut. */
  public PartitionCost partition(Cut cut, int partition) {
    return partition == 0
        ? owner(cut.endBlock(0), cut.stages())
        : stage(cut.firstBlock(partition), cut.endBlock(partition), cut.stages());
  }

  /** The whole model in one place, as in federated averaging. */
  public PartitionCost whole() {
    return owner(blocks.size(), 0);
  }

  /** Embedding, first blocks and head, when there are so many stages behind them. */
  PartitionCost owner(int ownBlocks, int stages) {
    PartSum own = new PartSum();
    own.add(embedding);
    blocks.subList(0, ownBlocks).forEach(own::add);
    int inFlight = batch.inFlightAtOwner(stages);
    long headPeak = Math.max(head.pass().forwardPeak(), head.pass().backwardPeak());
    long peak =
        Math.max(own.peak(inFlight, boundaryBytes), inFlight * own.kept(boundaryBytes) + headPeak);
    WeightCost weights = own.weights.plus(head.weights()).minus(tied);
    // Each use of a tied weight accumulates a gradient of its own.
    long training = weights.trainingBytes() + tied.trainedBytes();
    return cost(weights, training, peak, own.fragments(inFlight), own.flops + head.flops());
  }

  /** Blocks from {@code first} up to, not including, {@code end} as one of so many stages. */
  PartitionCost stage(int first, int end, int stages) {
    PartSum sum = new PartSum();
    blocks.subList(first, end).forEach(sum::add);
    int inFlight = batch.inFlightInStage(stages);
    return cost(
        sum.weights,
        sum.weights.trainingBytes(),
        sum.peak(inFlight, boundaryBytes),
        sum.fragments(inFlight),
        batch.owners() * sum.flops);
  }

  private PartitionCost cost(
      WeightCost weights, long training, long peak, long fragments, double flops) {
    long normScratch = 2 * Double.BYTES * Math.min(NORM_PIECE, weights.trainable());
    return new PartitionCost(
        weights.parameters(),
        weights.trainable(),
        new Memory(weights.bytes() + tables, training, Math.max(peak, normScratch), fragments),
        flops);
  }

  /** Bytes that all cuts pass on in one step, in both directions; without stages nothing does. */
  public long bytesPerStep(int stages) {
    return stages == 0 ? 0 : 2L * (stages + 1) * batch.ofAll() * boundaryBytes;
  }

  /** Consecutive parts in one place. */
  private static final class PartSum {
    private WeightCost weights = WeightCost.NONE;
    private double flops;
    private long kept;
    private long keptInHeaps;

    /** Most that one micro-batch takes at a time, with what the parts before keep. */
    private long passPeak;

    void add(PartCost part) {
      weights = weights.plus(part.weights());
      flops += part.flops();
      passPeak =
          Math.max(
              passPeak, kept + Math.max(part.pass().forwardPeak(), part.pass().backwardPeak()));
      kept += part.pass().kept();
      keptInHeaps += part.pass().keptInHeaps();
    }

    /** Of one micro-batch between its passes, with the handle of its result. */
    long kept(long boundaryBytes) {
      return kept + boundaryBytes;
    }

    /**
     * Knuth's fifty-percent rule (1968, section 2.5): between blocks that come and go, there are
     * half as many free ones.
     */
    long fragments(int inFlight) {
      return inFlight * keptInHeaps / 2;
    }

    long peak(int inFlight, long boundaryBytes) {
      return (inFlight - 1) * kept(boundaryBytes) + passPeak + boundaryBytes;
    }
  }
}
