package dev.titanic.nn.torch;

import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.protocol.AggregatorProtocol;
import dev.titanic.protocol.Concurrency;
import dev.titanic.protocol.CoordinatorPort;
import dev.titanic.protocol.CoordinatorProtocol;
import dev.titanic.protocol.Handover;
import dev.titanic.protocol.HostMemory;
import dev.titanic.protocol.LearningRate;
import dev.titanic.protocol.ModelSink;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.OwnerData;
import dev.titanic.protocol.OwnerProtocol;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.protocol.RunJournal;
import dev.titanic.protocol.RunPlan;
import dev.titanic.protocol.Solved;
import dev.titanic.protocol.StageProtocol;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.protocol.Turns;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Cursor;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.RunState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole run over real partitions in one thread: the protocols of coordinator, owners, stages and
 * aggregator, between which messages are delivered in a random order that each channel keeps.
 *
 * <p>Column 0 to C - 1 are the owners' clients; the stages are on the first one.
 */
final class OwnersAtOnce implements CoordinatorPort, RunJournal {
  /**
   * What is trained.
   *
   * @param batches of each owner, one micro-batch each; read from the beginning again at their end
   * @param masked whether owners mask what they give to sums
   */
  record Run(
      ModelDirectory model,
      @Nullable Lora lora,
      int stages,
      Map<String, List<TokenBatch>> batches,
      Turns turns,
      @Nullable Concurrency concurrency,
      int microBatches,
      double learningRate,
      double clipNorm,
      boolean masked) {}

  private record Mail(Address from, Address to, Message message) {}

  private record Channel(Address from, Address to) {}

  private final Run run;
  private final Random random;
  private final CoordinatorProtocol coordinator;
  private final Map<Address, PartitionProtocol> cells = new LinkedHashMap<>();
  private final AggregatorProtocol aggregator =
      new AggregatorProtocol((to, message) -> post(Address.aggregator(), to, message));
  private final Map<Channel, Queue<Mail>> channels = new LinkedHashMap<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> norms = new ArrayList<>();
  private final Map<String, ByteBuffer> weights = new TreeMap<>();
  private boolean ended;

  OwnersAtOnce(Run run, long seed) {
    this.run = run;
    this.random = new Random(seed);
    List<String> clients = List.copyOf(run.batches.keySet());
    coordinator = new CoordinatorProtocol(plan(clients), RunState.FRESH, this, this);
    PartitionLoader loader = PartitionedModel.loader(run.model, run.stages, run.lora);
    for (int column = 0; column < clients.size(); column++) {
      for (int row = 0; row <= run.stages; row++) {
        cells.put(new Address(row, column), cell(new Address(row, column), loader, clients));
      }
    }
    cells.forEach(
        (self, cell) ->
            post(
                self,
                Address.coordinator(),
                new Announcement(
                    clients.get(self.column()),
                    "process",
                    clients.size(),
                    cell.held(),
                    cell.maskingKey())));
  }

  private PartitionProtocol cell(Address self, PartitionLoader loader, List<String> clients) {
    Outbox outbox = (to, message) -> post(self, to, message);
    List<TokenBatch> batches = Objects.requireNonNull(run.batches.get(clients.get(self.column())));
    return self.row() == Address.OWNER
        ? new OwnerProtocol(
            self,
            loader,
            () -> new Batches(batches),
            run.masked ? MaskingKey.generate() : null,
            outbox)
        : new StageProtocol(self, loader, outbox);
  }

  private RunPlan plan(List<String> clients) {
    List<String> stageHosts = new ArrayList<>();
    for (int stage = 1; stage <= run.stages; stage++) {
      stageHosts.add(clients.get(0));
    }
    return new RunPlan(
        clients,
        stageHosts,
        run.turns,
        Handover.MIGRATE,
        run.concurrency,
        run.microBatches,
        LearningRate.constant(run.learningRate),
        run.clipNorm,
        0,
        RunPlan.EvaluationPlan.NONE,
        HostMemory.UNKNOWN);
  }

  private void post(Address from, Address to, Message message) {
    channels
        .computeIfAbsent(new Channel(from, to), channel -> new ArrayDeque<>())
        .add(new Mail(from, to, message));
  }

  /** Trains to the end and frees all partitions. */
  OwnersAtOnce run() {
    while (!ended) {
      List<Runnable> possible = new ArrayList<>();
      channels.values().stream()
          .filter(mails -> !mails.isEmpty())
          .forEach(mails -> possible.add(() -> deliver(mails.remove())));
      cells.values().stream()
          .filter(PartitionProtocol::mayProceed)
          .forEach(cell -> possible.add(cell::proceed));
      possible.get(random.nextInt(possible.size())).run();
    }
    cells.values().forEach(PartitionProtocol::close);
    return this;
  }

  private void deliver(Mail mail) {
    switch (mail.to.row()) {
      case Address.COORDINATOR -> coordinator.on(mail.from, mail.message);
      case Address.AGGREGATOR -> aggregator.on(mail.from, mail.message);
      case Address.PLACEMENT -> {}
      default -> Objects.requireNonNull(cells.get(mail.to)).on(mail.from, mail.message);
    }
  }

  List<Double> losses() {
    return losses;
  }

  /** Norms of the mean gradients, before clipping. */
  List<Double> norms() {
    return norms;
  }

  /** Trained weights by name. */
  Map<String, float[]> weights() {
    Map<String, float[]> values = new TreeMap<>();
    weights.forEach(
        (name, bytes) -> {
          float[] elements = new float[bytes.limit() / Float.BYTES];
          ByteBuffer all = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
          all.asFloatBuffer().get(elements);
          values.put(name, elements);
        });
    return values;
  }

  @Override
  public void send(Address to, Message message) {
    post(Address.coordinator(), to, message);
  }

  @Override
  public ModelSink openModel() {
    return new ModelSink() {
      @Override
      public void put(String name, TensorData tensor) {
        ByteBuffer bytes =
            weights.computeIfAbsent(name, any -> ByteBuffer.allocate((int) tensor.spec().bytes()));
        tensor.copyTo(bytes.position((int) tensor.offset()));
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void stepCommitted(StepReport report) {
    losses.add(report.loss());
    norms.add(report.gradientNorm());
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void wakeLater() {}

  @Override
  public void placing() {}

  @Override
  public void placed(
      long step, long epoch, List<String> hosts, String reason, @Nullable Solved solved) {}

  @Override
  public void stepSkipped(long step, String owner, long skipped) {}

  @Override
  public void turnOver(String owner, long steps) {}

  @Override
  public void passedOver(long step, String owner, int microBatches) {}

  @Override
  public void starved(long step, String owner) {}

  @Override
  public void evaluated(long step, String after, double loss, long targets) {}

  @Override
  public void exported(long step) {}

  @Override
  public void finished(long step) {}

  @Override
  public void stopped(long step) {}

  /** Batches in a circle; the position's offset counts them. */
  private record Batches(List<TokenBatch> batches) implements OwnerData {
    @Override
    public Step read(StreamPosition position, int microBatches) {
      long offset = position.cursors().isEmpty() ? 0 : position.cursors().get(0).offset();
      List<TokenBatch> read = new ArrayList<>();
      for (int i = 0; i < microBatches; i++) {
        read.add(batches.get((int) ((offset + i) % batches.size())));
      }
      Cursor next = new Cursor(offset + microBatches, 0);
      return new Step(read, new StreamPosition(List.of(next), 0), 0);
    }

    @Override
    public Amount count(StreamPosition position) {
      return new Amount(batches.size(), position);
    }

    @Override
    public List<TokenBatch> evaluation(int first, int sequences) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
