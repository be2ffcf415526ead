package dev.titanic.column;

import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.StagePartition;
import dev.titanic.schemas.state.PartitionState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens nothing before a partition is expected or asked for: most subtasks never hold one. */
final class LazyLoader implements PartitionLoader {
  private final Supplier<PartitionLoader> opening;
  private @Nullable PartitionLoader opened;

  LazyLoader(Supplier<PartitionLoader> opening) {
    this.opening = opening;
  }

  @Override
  public void expect(int partition) {
    opened = opening.get();
    opened.expect(partition);
  }

  @Override
  public OwnerPartition owner(@Nullable PartitionState state) {
    return take().owner(state);
  }

  @Override
  public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
    return take().stage(stageIndex, state);
  }

  /** Each time anew: between two loads the files may have changed. */
  private PartitionLoader take() {
    PartitionLoader loader = opened == null ? opening.get() : opened;
    opened = null;
    return loader;
  }
}
