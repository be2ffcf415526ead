package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Golden;
import dev.titanic.protocol.Partition;
import dev.titanic.schemas.serialization.PartitionStateFormat;
import dev.titanic.schemas.state.PartitionState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a move sends. */
final class StateViewTest {
  private final Golden golden = Golden.of("llama-gqa");

  @Test
  void hasTheBytesOfACopyAndIsNone() throws IOException {
    try (PartitionedModel model = new PartitionedModel(golden.model(), 2)) {
      model.step(golden.batches().subList(0, 2), 1e-2);
      for (Partition partition : model.partitions()) {
        PartitionState view = partition.view(1);

        assertThat(bytes(view)).isEqualTo(bytes(partition.state(1)));
        assertThat(view.tensors())
            .flatExtracting(tensor -> tensor.secondMoment().chunks())
            .allMatch(ByteBuffer::isDirect);
      }
    }
  }

  @Test
  void isTakenByALoaderThatWasToldToExpectIt() throws IOException {
    TorchPartitionLoader loader = PartitionedModel.loader(golden.model(), 2);
    try (PartitionedModel model = new PartitionedModel(golden.model(), 2)) {
      model.step(golden.batches().subList(0, 2), 1e-2);
      for (Partition partition : model.partitions()) {
        PartitionState view = partition.view(1);
        loader.expect(view.partition());

        try (Partition moved =
            view.partition() == 0 ? loader.owner(view) : loader.stage(view.partition(), view)) {
          assertThat(bytes(moved.state(1))).isEqualTo(bytes(view));
        }
      }
    }
  }

  private static byte[] bytes(PartitionState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PartitionStateFormat.write(state, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
