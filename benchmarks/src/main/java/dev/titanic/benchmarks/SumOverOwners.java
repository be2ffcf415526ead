package dev.titanic.benchmarks;

import dev.titanic.nn.AdamW;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.Noise;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.protocol.AggregatorProtocol;
import dev.titanic.protocol.OwnerProtocol;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Owners of whole models whose weights are averaged again and again, in one thread. */
final class SumOverOwners implements Contender {
  private static final int OWNERS = 4;
  private static final Route ROUTE = new Route(List.of(0, 1, 2, 3), List.of());

  private record Mail(Address from, Address to, Message message) {}

  private final PartitionLoader loader;
  private final boolean masked;
  private final int warmUp;
  private final int sums;

  private final Queue<Mail> mails = new ArrayDeque<>();
  private final List<OwnerProtocol> owners = new ArrayList<>();
  private long elementsSummed;
  private long bytesToServer;
  private long bytesFromServer;

  SumOverOwners(Path model, boolean masked, int warmUp, int sums) {
    this.loader =
        new TorchPartitionLoader(
            ModelDirectory.open(model),
            Cut.even(RandomLlama.WIDE_BLOCKS, 0, 0),
            new TrainingSettings(AdamW.withWeightDecay(0), new Noise(0)),
            ComputeDevice.CPU);
    this.masked = masked;
    this.warmUp = warmUp;
    this.sums = sums;
  }

  @Override
  public String name() {
    return masked ? "masked sum" : "plain sum";
  }

  /** In thousands of weights, each summed over all owners. */
  @Override
  public Cost measure() {
    AggregatorProtocol server =
        new AggregatorProtocol((to, message) -> send(Address.aggregator(), to, message));
    open();
    long transaction = 1;
    for (int sum = 0; sum < warmUp; sum++) {
      aggregate(server, ++transaction);
    }
    elementsSummed = 0;
    bytesToServer = 0;
    bytesFromServer = 0;
    Stopwatch stopwatch = Stopwatch.start();
    for (int sum = 0; sum < sums; sum++) {
      aggregate(server, ++transaction);
    }
    Cost cost = stopwatch.read(elementsSummed / OWNERS / 1_000);
    owners.forEach(OwnerProtocol::close);
    owners.clear();
    return cost;
  }

  /** Bytes that an owner sends for each weight. */
  long bytesSent() {
    return bytesToServer / elementsSummed;
  }

  /** Bytes that an owner gets for each weight. */
  long bytesReceived() {
    return bytesFromServer / elementsSummed;
  }

  private void open() {
    for (int column = 0; column < OWNERS; column++) {
      Address self = new Address(Address.OWNER, column);
      OwnerProtocol owner =
          new OwnerProtocol(
              self,
              loader,
              () -> {
                throw new IllegalStateException("a sum needs no data");
              },
              masked ? MaskingKey.generate() : null,
              (to, message) -> send(self, to, message));
      owner.on(
          Address.coordinator(), new Load(new Transaction(1, 0, ROUTE), PartitionState.ONLY_COPY));
      owners.add(owner);
    }
    mails.clear(); // acknowledgements
  }

  private void aggregate(AggregatorProtocol server, long id) {
    List<String> keys =
        masked ? owners.stream().map(OwnerProtocol::maskingKey).toList() : List.of();
    Aggregate order =
        new Aggregate(new Transaction(id, 0, ROUTE), Quantity.WEIGHTS, 1.0 / OWNERS, false, keys);
    owners.forEach(owner -> owner.on(Address.coordinator(), order));
    while (!mails.isEmpty()) {
      Mail mail = mails.remove();
      if (mail.to.equals(Address.aggregator())) {
        server.on(mail.from, mail.message);
      } else if (mail.to.row() == Address.OWNER) {
        owners.get(mail.to.column()).on(mail.from, mail.message);
      }
    }
  }

  private void send(Address from, Address to, Message message) {
    if (message instanceof Contribution contribution) {
      elementsSummed += contribution.tensor().spec().elements();
      bytesToServer += contribution.tensor().size();
    } else if (message instanceof Summed summed) {
      bytesFromServer += summed.tensor().size();
    }
    mails.add(new Mail(from, to, message));
  }
}
