package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Aggregated;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.RunState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a round: every owner's copy of the first partition becomes the mean of all, weighted
 * by the targets on which each was trained since the last time.
 */
final class AggregationTransaction extends OpenTransaction {
  private final List<String> owners;
  private final Map<String, Long> targets;
  private final boolean resetOptimizer;
  private final List<String> maskingKeys;
  private final Set<Address> missing = new LinkedHashSet<>();

  /**
   * @param owners client ids in the order of the transaction's route
   * @param targets of each owner; of one that is absent, none
   * @param maskingKeys in the order of the owners; none when nothing is masked
   */
  AggregationTransaction(
      Transaction transaction,
      Outbox outbox,
      List<String> owners,
      Map<String, Long> targets,
      boolean resetOptimizer,
      List<String> maskingKeys) {
    super(transaction, outbox);
    this.owners = owners;
    this.targets = targets;
    this.resetOptimizer = resetOptimizer;
    this.maskingKeys = maskingKeys;
  }

  @Override
  void begin() {
    requireSeveral();
    long all = targets.values().stream().mapToLong(Long::longValue).sum();
    List<Integer> columns = transaction.route().owners();
    for (int j = 0; j < owners.size(); j++) {
      Address owner = transaction.route().owner(columns.get(j));
      double share = (double) targets.getOrDefault(owners.get(j), 0L) / all;
      missing.add(owner);
      outbox.send(
          owner, new Aggregate(transaction, Quantity.WEIGHTS, share, resetOptimizer, maskingKeys));
    }
  }

  /** Masks hide nothing in the mean over one. */
  private void requireSeveral() {
    List<String> trained =
        owners.stream().filter(owner -> targets.getOrDefault(owner, 0L) > 0).toList();
    if (!maskingKeys.isEmpty() && trained.size() == 1) {
      throw new ProtocolException(
          "only %s had data in this round: the mean would show the server its weights; valid: data of two owners in every round, longer rounds, or secureAggregation: false"
              .formatted(trained.get(0)));
    }
  }

  @Override
  boolean closes(Address from, Message message) {
    if (!(message instanceof Aggregated) || !missing.remove(from)) {
      throw unexpected(from, message);
    }
    return missing.isEmpty();
  }

  @Override
  RunState close(RunState before, RunJournal journal) {
    return before.aggregated();
  }

  @Override
  String waitsFor() {
    return "the weights of " + missing;
  }
}
