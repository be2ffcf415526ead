package dev.titanic.owner;

import dev.titanic.column.CellOperator;
import dev.titanic.column.CellOperatorFactory;
import dev.titanic.column.ModelLoading;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Makes the operators of the data owners. */
public final class OwnerOperatorFactory extends CellOperatorFactory {
  private static final long serialVersionUID = 1L;

  private final int stages;
  private final ModelLoading loading;
  private final OwnerDataSource data;
  private final @Nullable ProfileSettings profiles;
  private final boolean masks;

  /**
   * @param stages K
   * @param profiles null when nobody wants to know what clients offer
   * @param masks whether what owners give to sums is masked
   */
  public OwnerOperatorFactory(
      int stages,
      ModelLoading loading,
      OwnerDataSource data,
      @Nullable ProfileSettings profiles,
      boolean masks) {
    this.stages = stages;
    this.loading = loading;
    this.data = data;
    this.profiles = profiles;
    this.masks = masks;
  }

  @Override
  protected CellOperator create(StreamOperatorParameters<Packet> parameters) {
    return new OwnerOperator(parameters, stages, loading, data, profiles, masks);
  }
}
