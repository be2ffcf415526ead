package dev.titanic.placement.flink;

import dev.titanic.feedback.Watchdog;
import dev.titanic.placement.Decision;
import dev.titanic.placement.Estimates;
import dev.titanic.placement.PlacementPolicy;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Message.Profile;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Message.Resolve;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.kafka.PlacementPlan;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Looks at the placement as soon as enough is measured, every interval, and at once when a client
 * comes or goes; publishes every decision, and proposes those to move to the coordinator.
 *
 * <p>It keeps no state: what it knows is said and measured again, and a proposal may be lost.
 */
final class PlacementOperator extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<Packet, Packet> {
  private final PlacementSettings settings;
  private final MailboxExecutor mailbox;

  private transient Estimates estimates;
  private transient PlacementPolicy policy;
  private transient PlacementMetrics shown;
  private transient DecisionThread thread;
  private transient Watchdog interval;
  private transient List<String> present;
  private transient boolean news;
  private transient boolean finished;

  @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
  PlacementOperator(StreamOperatorParameters<Packet> parameters, PlacementSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    estimates = new Estimates(settings, InstantSource.system());
    policy = PlacementPolicy.of(settings);
    shown = PlacementMetrics.register(getRuntimeContext());
    thread = new DecisionThread(mailbox);
    present = List.of();
    interval = Watchdog.start(mailbox, settings.interval(), this::look);
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    Message message = element.getValue().message();
    if (message instanceof Profile profile) {
      estimates.add(profile);
    } else if (message instanceof Measured measured) {
      estimates.add(measured);
      news = true;
      if (estimates.suffice() && !estimates.present().equals(present)) {
        look(); // the first time, or somebody has come or gone
      }
    } else if (message instanceof Resolve) {
      news = true; // somebody wants to know, whether there is something new or not
      look();
    } else {
      throw new IllegalStateException("the placement got " + element.getValue());
    }
  }

  /** Decides anew, when something was measured since the last time. */
  private void look() {
    if (finished || !news || thread.isDeciding()) {
      return;
    }
    estimates
        .situation()
        .ifPresent(
            situation -> {
              news = false;
              present = estimates.present();
              thread.decide(() -> policy.decide(situation), this::decided);
            });
  }

  private void decided(Decision decision) {
    if (finished) {
      return;
    }
    shown.show(decision);
    publish(decision);
    if (decision.moves()) {
      List<String> stageHosts = decision.hosts().subList(1, decision.hosts().size());
      output.collect(
          new StreamRecord<>(
              new Packet(
                  Address.placement(),
                  Address.coordinator(),
                  new Proposal(
                      decision.epoch(),
                      stageHosts,
                      decision.reason(),
                      decision.objective(),
                      decision.solveSeconds(),
                      decision.bytesMoved()))));
    }
  }

  private void publish(Decision decision) {
    Map<String, String> assignment = new LinkedHashMap<>();
    for (int partition = 0; partition < decision.hosts().size(); partition++) {
      assignment.put(
          settings.demands().get(partition).partition(), decision.hosts().get(partition));
    }
    PlacementPlan plan =
        new PlacementPlan(
            decision.moves() ? decision.epoch() + 1 : decision.epoch(),
            decision.step(),
            decision.moves() ? PlacementPlan.Choice.MOVE : PlacementPlan.Choice.STAY,
            assignment,
            decision.objective(),
            decision.stepSeconds(),
            decision.bestStepSeconds(),
            decision.solveSeconds(),
            decision.reason(),
            decision.bytesMoved());
    String json = new String(plan.toJson(), StandardCharsets.UTF_8);
    output.collect(PlacementOutputs.DECISIONS, new StreamRecord<>(json));
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    finished = true;
  }

  @Override
  public void close() throws Exception {
    if (interval != null) {
      interval.close();
    }
    if (thread != null) {
      thread.close();
    }
    super.close();
  }
}
