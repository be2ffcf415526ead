package dev.titanic.nn.partition;

import dev.titanic.nn.Cut;
import dev.titanic.nn.family.Architecture;
import java.util.List;

/**
 * What a model costs, part by part, for one shape of batches.
 *
 * @param tables bytes that every partition keeps beside its weights
 * @param tied the embedding's weights that the head uses too
 * @param boundaryBytes hidden state of one micro-batch: what crosses a cut, in each direction
 */
public record ModelCost(
    BatchShape batch,
    PartCost embedding,
    List<PartCost> blocks,
    PartCost head,
    Tied tied,
    long tables,
    long boundaryBytes) {

  /** Gradient, first and second moment beside each trained weight. */
  private static final int TRAINING_COPIES = 3;

  /** Squared norms are summed in float64, over pieces of a gradient with so many elements. */
  private static final long NORM_PIECE = 1 << 20;

  /**
   * Weights that two parts share.
   *
   * @param trainedBytes of those that are trained: the second use accumulates a gradient of its own
   */
  public record Tied(long parameters, long trainable, long weightBytes, long trainedBytes) {
    public static final Tied NONE = new Tied(0, 0, 0, 0);
  }

  public ModelCost {
    blocks = List.copyOf(blocks);
  }

  /** Derives the cost of every part from an architecture's program. */
  public static ModelCost of(Architecture architecture, BatchShape batch) {
    return new CostTracer(architecture, batch).cost();
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
    int inFlight = batch.inFlight(stages);
    long peak =
        Math.max(
            own.peak(inFlight, boundaryBytes),
            inFlight * own.kept(boundaryBytes)
                + Math.max(head.pass().forwardPeak(), head.pass().backwardPeak()));
    own.add(head);
    return new PartitionCost(
        own.parameters - tied.parameters,
        own.trainable - tied.trainable,
        new Memory(
            own.weightBytes - tied.weightBytes + tables,
            TRAINING_COPIES * (own.trainedBytes - tied.trainedBytes) + tied.trainedBytes,
            Math.max(peak, own.normScratch())),
        own.flops);
  }

  /** Blocks from {@code first} up to, not including, {@code end} as one of so many stages. */
  PartitionCost stage(int first, int end, int stages) {
    PartSum sum = new PartSum();
    blocks.subList(first, end).forEach(sum::add);
    long peak = sum.peak(batch.inFlight(stages), boundaryBytes);
    return new PartitionCost(
        sum.parameters,
        sum.trainable,
        new Memory(
            sum.weightBytes + tables,
            TRAINING_COPIES * sum.trainedBytes,
            Math.max(peak, sum.normScratch())),
        sum.flops);
  }

  /** Bytes that all cuts pass on in one step, in both directions; without stages nothing does. */
  public long bytesPerStep(int stages) {
    return stages == 0 ? 0 : 2L * (stages + 1) * batch.microBatches() * boundaryBytes;
  }

  /** Consecutive parts in one place. */
  private static final class PartSum {
    private long parameters;
    private long trainable;
    private long weightBytes;
    private long trainedBytes;
    private double flops;
    private long kept;

    /** Most that one micro-batch takes at a time, with what the parts before keep. */
    private long passPeak;

    void add(PartCost part) {
      parameters += part.parameters();
      trainable += part.trainable();
      weightBytes += part.weightBytes();
      trainedBytes += part.trainedBytes();
      flops += part.flops();
      passPeak =
          Math.max(
              passPeak, kept + Math.max(part.pass().forwardPeak(), part.pass().backwardPeak()));
      kept += part.pass().kept();
    }

    /** Of one micro-batch between its passes, with the handle of its result. */
    long kept(long boundaryBytes) {
      return kept + boundaryBytes;
    }

    /** A piece in float64, and its square. */
    long normScratch() {
      return 2 * Double.BYTES * Math.min(NORM_PIECE, trainable);
    }

    long peak(int inFlight, long boundaryBytes) {
      return (inFlight - 1) * kept(boundaryBytes) + passPeak + boundaryBytes;
    }
  }
}
