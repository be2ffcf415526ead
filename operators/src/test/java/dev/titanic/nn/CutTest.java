package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CutTest {

  @Test
  void dealsTheBlocksBehindTheOwnersEvenly() {
    assertThat(Cut.even(8, 1, 3).blocksPerPartition()).isEqualTo(List.of(1, 3, 2, 2));
    assertThat(Cut.even(4, 0, 2).blocksPerPartition()).isEqualTo(List.of(0, 2, 2));
  }

  @Test
  void keepsEverythingAtTheOwnerWithoutStages() {
    Cut cut = Cut.even(8, 1, 0);
    assertThat(cut.blocksPerPartition()).isEqualTo(List.of(8));
    assertThat(cut.stages()).isZero();
  }

  @Test
  void countsBlocksAndLayers() {
    Cut cut = Cut.even(8, 1, 3);
    assertThat(cut.firstBlock(0)).isZero();
    assertThat(cut.endBlock(0)).isEqualTo(1);
    assertThat(cut.firstBlock(3)).isEqualTo(6);
    assertThat(cut.endBlock(3)).isEqualTo(8);
    assertThat(cut.layers()).isEqualTo(10);
  }

  @Test
  void describesWhatEveryPartitionHolds() {
    Cut cut = Cut.even(6, 1, 3);
    assertThat(cut.describe(0)).isEqualTo("embedding, block 0, head");
    assertThat(cut.describe(1)).isEqualTo("blocks 1-2");
    assertThat(cut.describe(3)).isEqualTo("block 5");
    assertThat(Cut.even(6, 0, 1).describe(0)).isEqualTo("embedding, head");
    assertThat(Cut.even(6, 0, 0).describe(0)).isEqualTo("embedding, blocks 0-5, head");
  }

  @Test
  void refusesMoreStagesThanThereAreBlocksLeft() {
    assertThatThrownBy(() -> Cut.even(4, 1, 4))
        .isInstanceOf(ModelException.class)
        .hasMessage("stages: 4: the model has 4 blocks and the owner keeps 1, use at most 3");
    assertThatThrownBy(() -> Cut.even(4, 1, -1)).hasMessage("stages: -1: use 0 or more");
  }

  @Test
  void refusesMoreBlocksAtTheOwnerThanTheModelHas() {
    assertThatThrownBy(() -> Cut.even(4, 5, 1))
        .isInstanceOf(ModelException.class)
        .hasMessage("ownerBlocks: 5: the model has 4 blocks, use 0 to 4");
  }
}
