package dev.titanic.placement;

import dev.titanic.nn.Cut;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.nn.partition.PartitionCost;
import java.util.List;
import java.util.stream.IntStream;

/** What the partitions of a cut model ask of their hosts. */
public final class Demands {
  /** Of a trained parameter: its value and both moments, in float32. */
  private static final int STATE_BYTES = 3 * Float.BYTES;

  private final ModelCost model;
  private final Cut cut;

  private Demands(ModelCost model, Cut cut) {
    this.model = model;
    this.cut = cut;
  }

  /** The owner's partition, then the stages. */
  public static List<Demand> of(ModelCost model, Cut cut) {
    Demands demands = new Demands(model, cut);
    return IntStream.rangeClosed(0, cut.stages()).mapToObj(demands::demand).toList();
  }

  private Demand demand(int partition) {
    PartitionCost cost = model.partition(cut, partition);
    long memory = cost.memory().total();
    long state = STATE_BYTES * cost.trainable();
    if (partition > 0) {
      double flops = cost.flops() / model.batch().owners(); // a problem counts owners itself
      return Demand.stage(partition, memory, flops, model.boundaryBytes(), state);
    }
    long boundary = cut.stages() == 0 ? 0 : model.boundaryBytes();
    return Demand.owner(memory, cost.flops(), model.head().flops(), boundary, state);
  }
}
