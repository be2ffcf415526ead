package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server's side of an aggregation: sums a piece when all owners of the route have sent it, and
 * sends the sum to every one of them. It knows neither names nor places of what it sums, under
 * masks not even values, and keeps nothing between transactions.
 *
 * <p>At most {@value PulledChunks#OUTSTANDING} pieces of each owner are here at a time, because an
 * owner sends a further one only for a sum.
 */
public final class AggregatorProtocol {
  private final Outbox outbox;
  private final TransactionGuard guard = new TransactionGuard(Address.aggregator());

  /** By piece and column of the owner. */
  private final Map<Integer, Map<Integer, Contribution>> waiting = new HashMap<>();

  public AggregatorProtocol(Outbox outbox) {
    this.outbox = outbox;
  }

  public void on(Address from, Message message) {
    if (!(message instanceof Contribution contribution)) {
      throw new ProtocolException(
          "%s got %s".formatted(Address.aggregator(), TransactionGuard.kind(message)));
    }
    Route route = guard.enter(contribution, idle()).route();
    if (!route.includes(from)) {
      throw new ProtocolException(from + " contributes to a sum of others");
    }
    Map<Integer, Contribution> piece =
        waiting.computeIfAbsent(contribution.chunk(), index -> new HashMap<>());
    if (piece.put(from.column(), contribution) != null) {
      throw new ProtocolException(from + " sent piece " + contribution.chunk() + " twice");
    }
    if (piece.keySet().containsAll(route.owners())) {
      waiting.remove(contribution.chunk());
      distribute(contribution.transaction(), contribution.chunk(), piece);
    }
  }

  /** Whether nothing waits for the pieces of other owners. */
  public boolean idle() {
    return waiting.isEmpty();
  }

  private void distribute(Transaction transaction, int chunk, Map<Integer, Contribution> byColumn) {
    Route route = transaction.route();
    List<Contribution> inOrder = new ArrayList<>();
    route.owners().forEach(column -> inOrder.add(byColumn.get(column)));
    Summed sum = new Summed(transaction, chunk, PieceSum.of(inOrder));
    route.owners().forEach(column -> outbox.send(route.owner(column), sum));
  }
}
