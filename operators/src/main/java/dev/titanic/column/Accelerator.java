package dev.titanic.column;

import dev.titanic.nn.ComputeDevice;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses where a partition computes: on the GPU that Flink's external resource gives this
 * TaskManager, on the CPU without one.
 */
final class Accelerator {
  /** Name of the external resource, as in Flink's documentation of its GPU plugin. */
  static final String RESOURCE = "gpu";

  private static final String INDEX = "index";
  private static final Logger LOG = LoggerFactory.getLogger(Accelerator.class);

  private Accelerator() {}

  /**
   * @param given what the TaskManager's discovery script found
   * @param usable number of GPUs that the engine can use; asked for only when some are given,
   *     because the answer loads the native library
   * @param row of the cell: rows share the GPUs in turn
   */
  static ComputeDevice choose(
      Collection<? extends ExternalResourceInfo> given, IntSupplier usable, int row) {
    List<Integer> indexes =
        given.stream()
            .flatMap(info -> info.getProperty(INDEX).stream())
            .map(Integer::valueOf)
            .sorted()
            .toList();
    if (indexes.isEmpty()) {
      return ComputeDevice.CPU;
    }
    int index = indexes.get(row % indexes.size());
    int gpus = usable.getAsInt();
    if (index >= gpus) {
      LOG.warn(
          "Flink gives GPU {}, but the engine sees {} GPUs: computing on the CPU. "
              + "It needs CUDA's build of the native library, see flink-conf/README.md",
          index,
          gpus);
      return ComputeDevice.CPU;
    }
    return new ComputeDevice(index);
  }
}
