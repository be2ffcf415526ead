package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Message.Abort;
import dev.titanic.schemas.edge.Message.Acknowledged;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Begin;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Evaluate;
import dev.titanic.schemas.edge.Message.Evaluated;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Move;
import dev.titanic.schemas.edge.Message.Prepared;
import dev.titanic.schemas.edge.Message.Profile;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Message.Pull;
import dev.titanic.schemas.edge.Message.Release;
import dev.titanic.schemas.edge.Message.Resolve;
import dev.titanic.schemas.edge.Message.Vote;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Formats of the messages without a tensor, but for those of {@link AggregationMessages}. Their
 * codes end at 31.
 */
final class ControlMessages {
  private static final MessageFormat<Announcement> ANNOUNCEMENT =
      new MessageFormat<>(
          1,
          Announcement.class,
          (announcement, target) -> {
            Strings.write(announcement.client(), target);
            Strings.write(announcement.process(), target);
            target.writeInt(announcement.parallelism());
            Lists.write(announcement.held(), target, ControlMessages::writeHolding);
            Strings.write(announcement.maskingKey(), target);
          },
          source ->
              new Announcement(
                  Strings.read(source),
                  Strings.read(source),
                  source.readInt(),
                  Lists.read(source, ControlMessages::readHolding),
                  Strings.read(source)));

  private static final MessageFormat<Load> LOAD =
      new MessageFormat<>(
          2,
          Load.class,
          (load, target) -> {
            Transactions.write(load.transaction(), target);
            Strings.write(load.copyOf(), target);
          },
          source -> new Load(Transactions.read(source), Strings.read(source)));

  private static final MessageFormat<Begin> BEGIN =
      new MessageFormat<>(
          3,
          Begin.class,
          (begin, target) -> {
            Transactions.write(begin.transaction(), target);
            target.writeLong(begin.step());
            StreamPositions.write(begin.position(), target);
            target.writeInt(begin.microBatches());
          },
          source ->
              new Begin(
                  Transactions.read(source),
                  source.readLong(),
                  StreamPositions.read(source),
                  source.readInt()));

  private static final MessageFormat<Evaluate> EVALUATE =
      new MessageFormat<>(
          4,
          Evaluate.class,
          (evaluate, target) -> {
            Transactions.write(evaluate.transaction(), target);
            target.writeInt(evaluate.firstSequence());
            target.writeInt(evaluate.sequences());
          },
          source -> new Evaluate(Transactions.read(source), source.readInt(), source.readInt()));

  private static final MessageFormat<Prepared> PREPARED =
      new MessageFormat<>(
          5,
          Prepared.class,
          (prepared, target) -> {
            Transactions.write(prepared.transaction(), target);
            target.writeByte(code(prepared.vote()));
            target.writeDouble(prepared.lossSum());
            target.writeLong(prepared.targets());
            target.writeLong(prepared.tokens());
            target.writeInt(prepared.microBatches());
            StreamPositions.write(prepared.next(), target);
            Norms.write(prepared.squaredNorms(), target);
            Norms.write(prepared.stageNorms(), target);
            target.writeLong(prepared.rejected());
          },
          source ->
              new Prepared(
                  Transactions.read(source),
                  vote(source.readByte()),
                  source.readDouble(),
                  source.readLong(),
                  source.readLong(),
                  source.readInt(),
                  StreamPositions.read(source),
                  Norms.read(source),
                  Norms.read(source),
                  source.readLong()));

  private static final MessageFormat<Commit> COMMIT =
      new MessageFormat<>(
          6,
          Commit.class,
          (commit, target) -> {
            Transactions.write(commit.transaction(), target);
            target.writeDouble(commit.factor());
            target.writeDouble(commit.learningRate());
          },
          source ->
              new Commit(Transactions.read(source), source.readDouble(), source.readDouble()));

  private static final MessageFormat<Abort> ABORT =
      new MessageFormat<>(
          7,
          Abort.class,
          (abort, target) -> Transactions.write(abort.transaction(), target),
          source -> new Abort(Transactions.read(source)));

  private static final MessageFormat<Acknowledged> ACKNOWLEDGED =
      new MessageFormat<>(
          8,
          Acknowledged.class,
          (acknowledged, target) -> {
            Transactions.write(acknowledged.transaction(), target);
            target.writeInt(acknowledged.partition());
            Works.write(acknowledged.work(), target);
          },
          source ->
              new Acknowledged(Transactions.read(source), source.readInt(), Works.read(source)));

  private static final MessageFormat<Evaluated> EVALUATED =
      new MessageFormat<>(
          9,
          Evaluated.class,
          (evaluated, target) -> {
            Transactions.write(evaluated.transaction(), target);
            target.writeDouble(evaluated.lossSum());
            target.writeLong(evaluated.targets());
          },
          source ->
              new Evaluated(Transactions.read(source), source.readDouble(), source.readLong()));

  private static final MessageFormat<Move> MOVE =
      new MessageFormat<>(
          10,
          Move.class,
          (move, target) -> {
            Transactions.write(move.transaction(), target);
            target.writeInt(move.partition());
            Strings.write(move.copyOf(), target);
            target.writeInt(move.source());
          },
          source ->
              new Move(
                  Transactions.read(source),
                  source.readInt(),
                  Strings.read(source),
                  source.readInt()));

  private static final MessageFormat<Pull> PULL =
      new MessageFormat<>(
          11,
          Pull.class,
          (pull, target) -> {
            Transactions.write(pull.transaction(), target);
            Strings.write(pull.copyOf(), target);
            target.writeInt(pull.chunk());
          },
          source -> new Pull(Transactions.read(source), Strings.read(source), source.readInt()));

  private static final MessageFormat<Release> RELEASE =
      new MessageFormat<>(
          12,
          Release.class,
          (release, target) -> {
            Transactions.write(release.transaction(), target);
            target.writeInt(release.partition());
            Strings.write(release.copyOf(), target);
          },
          source -> new Release(Transactions.read(source), source.readInt(), Strings.read(source)));

  private static final MessageFormat<Profile> PROFILE =
      new MessageFormat<>(
          13,
          Profile.class,
          (profile, target) -> {
            Strings.write(profile.client(), target);
            target.writeLong(profile.memoryBytes());
            target.writeDouble(profile.flops());
            target.writeDouble(profile.bytesPerSecond());
            target.writeLong(profile.at());
          },
          source ->
              new Profile(
                  Strings.read(source),
                  source.readLong(),
                  source.readDouble(),
                  source.readDouble(),
                  source.readLong()));

  private static final MessageFormat<Measured> MEASURED =
      new MessageFormat<>(
          14,
          Measured.class,
          (measured, target) -> {
            Transactions.write(measured.transaction(), target);
            target.writeLong(measured.epoch());
            target.writeLong(measured.remainingSteps());
            Lists.write(measured.present(), target, Strings::write);
            Lists.write(measured.hosts(), target, Strings::write);
            Lists.write(measured.work(), target, Works::writeHosted);
          },
          source ->
              new Measured(
                  Transactions.read(source),
                  source.readLong(),
                  source.readLong(),
                  Lists.read(source, Strings::read),
                  Lists.read(source, Strings::read),
                  Lists.read(source, Works::readHosted)));

  private static final MessageFormat<Proposal> PROPOSAL =
      new MessageFormat<>(
          15,
          Proposal.class,
          (proposal, target) -> {
            target.writeLong(proposal.epoch());
            Lists.write(proposal.stageHosts(), target, Strings::write);
            Strings.write(proposal.reason(), target);
            target.writeDouble(proposal.objective());
            target.writeDouble(proposal.solveSeconds());
            target.writeLong(proposal.bytesMoved());
          },
          source ->
              new Proposal(
                  source.readLong(),
                  Lists.read(source, Strings::read),
                  Strings.read(source),
                  source.readDouble(),
                  source.readDouble(),
                  source.readLong()));

  private static final MessageFormat<Resolve> RESOLVE =
      new MessageFormat<>(16, Resolve.class, (resolve, target) -> {}, source -> new Resolve());

  static final List<MessageFormat<?>> FORMATS =
      List.of(
          ANNOUNCEMENT,
          LOAD,
          BEGIN,
          EVALUATE,
          PREPARED,
          COMMIT,
          ABORT,
          ACKNOWLEDGED,
          EVALUATED,
          MOVE,
          PULL,
          RELEASE,
          PROFILE,
          MEASURED,
          PROPOSAL,
          RESOLVE);

  private ControlMessages() {}

  private static void writeHolding(Holding holding, DataOutput target) throws IOException {
    target.writeInt(holding.partition());
    Strings.write(holding.copyOf(), target);
    target.writeLong(holding.version());
  }

  private static Holding readHolding(DataInput source) throws IOException {
    return new Holding(source.readInt(), Strings.read(source), source.readLong());
  }

  private static int code(Vote vote) {
    return switch (vote) {
      case COMMIT -> 1;
      case NOT_FINITE -> 2;
      case STARVED -> 3;
      case EXHAUSTED -> 4;
    };
  }

  private static Vote vote(int code) throws IOException {
    return switch (code) {
      case 1 -> Vote.COMMIT;
      case 2 -> Vote.NOT_FINITE;
      case 3 -> Vote.STARVED;
      case 4 -> Vote.EXHAUSTED;
      default -> throw new IOException("vote " + code + " is unknown");
    };
  }
}
