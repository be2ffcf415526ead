package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.protocol.masks.FixedPoint;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Start;
import dev.titanic.schemas.edge.Message.Vote;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One of two owners votes on a step of one micro-batch. */
final class OwnerVoteTest {
  private static final double LIMIT = new FixedPoint(2).limit();
  private static final Address SELF = new Address(Address.OWNER, 0);
  private static final Route ROUTE = new Route(List.of(0, 1), List.of());
  private static final StreamPosition START = new StreamPosition(List.of(), 0);

  @Test
  void isAgainstAGradientThatMasksCouldNotSum() {
    assertThat(vote(0.99 * LIMIT, MaskingKey.generate())).isEqualTo(Vote.COMMIT);
    assertThat(vote(1.01 * LIMIT, MaskingKey.generate())).isEqualTo(Vote.NOT_FINITE);
  }

  @Test
  void isForAnyFiniteGradientWithoutMasks() {
    assertThat(vote(1.01 * LIMIT, null)).isEqualTo(Vote.COMMIT);
  }

  private static Vote vote(double gradientNorm, @Nullable MaskingKey key) {
    Queue<Message> sent = new ArrayDeque<>();
    OwnerProtocol owner =
        new OwnerProtocol(
            SELF, withNorm(gradientNorm), OneBatch::new, key, (to, message) -> sent.add(message));
    owner.on(
        Address.coordinator(), new Load(new Transaction(1, 0, ROUTE), PartitionState.ONLY_COPY));
    Transaction step = new Transaction(2, 0, ROUTE);
    owner.on(Address.coordinator(), new Begin(step, 0, START, 1));
    sent.clear(); // acknowledged, ready
    owner.on(Address.coordinator(), new Start(step, List.of(0), 1));
    owner.proceed();
    while (!(sent.peek() instanceof Prepared)) {
      owner.on(SELF, sent.remove());
    }
    return ((Prepared) sent.remove()).vote();
  }

  private static PartitionLoader withNorm(double norm) {
    return new PartitionLoader() {
      @Override
      public OwnerPartition owner(@Nullable PartitionState state) {
        OwnerPartition toy = new ToyModel(0).owner(state);
        return (OwnerPartition)
            Proxy.newProxyInstance(
                OwnerPartition.class.getClassLoader(),
                new Class<?>[] {OwnerPartition.class},
                (proxy, method, arguments) ->
                    method.getName().equals("squaredNorms")
                        ? SquaredNorms.of(norm * norm, 0)
                        : method.invoke(toy, arguments));
      }

      @Override
      public StagePartition stage(int stageIndex, @Nullable PartitionState state) {
        throw new AssertionError("there are no stages");
      }
    };
  }

  private static final class OneBatch implements OwnerData {
    @Override
    public Step read(StreamPosition position, int microBatches) {
      return new Step(List.of(TokenBatch.of(new int[] {2, 1})), position, 0);
    }

    @Override
    public Amount count(StreamPosition position) {
      return new Amount(1, position);
    }

    @Override
    public List<TokenBatch> evaluation(int first, int sequences) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
