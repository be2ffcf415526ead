package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Aggregated;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Count;
import dev.titanic.schemas.edge.Message.Counted;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Message.Ready;
import dev.titanic.schemas.edge.Message.Start;
import dev.titanic.schemas.edge.Message.Summed;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** Formats of what several owners at once need besides. Their codes are 32 to 63. */
final class AggregationMessages {
  private static final MessageFormat<Ready> READY =
      new MessageFormat<>(
          32,
          Ready.class,
          (ready, target) -> {
            Transactions.write(ready.transaction(), target);
            target.writeInt(ready.microBatches());
          },
          source -> new Ready(Transactions.read(source), source.readInt()));

  private static final MessageFormat<Start> START =
      new MessageFormat<>(
          33,
          Start.class,
          (start, target) -> {
            Transactions.write(start.transaction(), target);
            Lists.write(start.microBatches(), target, (index, out) -> out.writeInt(index));
            target.writeInt(start.total());
          },
          source ->
              new Start(
                  Transactions.read(source),
                  Lists.read(source, DataInput::readInt),
                  source.readInt()));

  private static final MessageFormat<Aggregate> AGGREGATE =
      new MessageFormat<>(
          34,
          Aggregate.class,
          (aggregate, target) -> {
            Transactions.write(aggregate.transaction(), target);
            target.writeByte(code(aggregate.quantity()));
            target.writeDouble(aggregate.share());
            target.writeBoolean(aggregate.resetOptimizer());
            Lists.write(aggregate.maskingKeys(), target, Strings::write);
          },
          source ->
              new Aggregate(
                  Transactions.read(source),
                  quantity(source.readByte()),
                  source.readDouble(),
                  source.readBoolean(),
                  Lists.read(source, Strings::read)));

  private static final MessageFormat<Contribution> CONTRIBUTION =
      new MessageFormat<>(
          35,
          Contribution.class,
          (contribution, target) -> {
            Transactions.write(contribution.transaction(), target);
            target.writeInt(contribution.chunk());
            target.writeInt(contribution.chunks());
            target.writeDouble(contribution.share());
            Tensors.write(contribution.tensor(), target);
          },
          source ->
              new Contribution(
                  Transactions.read(source),
                  source.readInt(),
                  source.readInt(),
                  source.readDouble(),
                  Tensors.read(source)));

  private static final MessageFormat<Summed> SUMMED =
      new MessageFormat<>(
          36,
          Summed.class,
          (summed, target) -> {
            Transactions.write(summed.transaction(), target);
            target.writeInt(summed.chunk());
            Tensors.write(summed.tensor(), target);
          },
          source -> new Summed(Transactions.read(source), source.readInt(), Tensors.read(source)));

  private static final MessageFormat<Aggregated> AGGREGATED =
      new MessageFormat<>(
          37,
          Aggregated.class,
          (aggregated, target) -> {
            Transactions.write(aggregated.transaction(), target);
            Norms.write(aggregated.squaredNorms(), target);
          },
          source -> new Aggregated(Transactions.read(source), Norms.read(source)));

  private static final MessageFormat<Count> COUNT =
      new MessageFormat<>(
          38,
          Count.class,
          (count, target) -> {
            Transactions.write(count.transaction(), target);
            StreamPositions.write(count.position(), target);
          },
          source -> new Count(Transactions.read(source), StreamPositions.read(source)));

  private static final MessageFormat<Counted> COUNTED =
      new MessageFormat<>(
          39,
          Counted.class,
          (counted, target) -> {
            Transactions.write(counted.transaction(), target);
            target.writeLong(counted.sequences());
            StreamPositions.write(counted.bounded(), target);
          },
          source ->
              new Counted(
                  Transactions.read(source), source.readLong(), StreamPositions.read(source)));

  static final List<MessageFormat<?>> FORMATS =
      List.of(READY, START, AGGREGATE, CONTRIBUTION, SUMMED, AGGREGATED, COUNT, COUNTED);

  private AggregationMessages() {}

  private static int code(Quantity quantity) {
    return switch (quantity) {
      case GRADIENTS -> 1;
      case WEIGHTS -> 2;
    };
  }

  private static Quantity quantity(int code) throws IOException {
    return switch (code) {
      case 1 -> Quantity.GRADIENTS;
      case 2 -> Quantity.WEIGHTS;
      default -> throw new IOException("quantity " + code + " is unknown");
    };
  }
}
