package dev.titanic.job;

import dev.titanic.aggregation.AggregatorOperatorFactory;
import dev.titanic.column.Outputs;
import dev.titanic.coordinator.ControlRecord;
import dev.titanic.coordinator.CoordinatorOperatorFactory;
import dev.titanic.coordinator.CoordinatorOutputs;
import dev.titanic.feedback.FeedbackTailFactory;
import dev.titanic.owner.OwnerOperatorFactory;
import dev.titanic.placement.PlacementSettings;
import dev.titanic.placement.flink.PlacementOperatorFactory;
import dev.titanic.placement.flink.PlacementOutputs;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RecordType;
import dev.titanic.stage.StageOperatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The dataflow, as ARCHITECTURE.md draws it: a partition is a row, a client is a column.
 *
 * <pre>
 * control ─► coordinator ─► owner ─► stage-1 ─► … ─► stage-K
 *             ▲    │          ▲ │ └─── head ──────────►│
 *             │    │          │ └─► aggregator         │
 *             │    │          │         ▼              │
 *             │    │          └────── feedback ◄───────┤
 *             │    └─► placement ─┐                    │
 *             └──────────── feedback-server ◄──────────┘
 * </pre>
 */
public final class TitanicTopology {
  private final StreamExecutionEnvironment environment;
  private final TitanicRun run;
  private final List<SingleOutputStreamOperator<Packet>> rows = new ArrayList<>();

  private TitanicTopology(StreamExecutionEnvironment environment, TitanicRun run) {
    this.environment = environment;
    this.run = run;
  }

  /** Adds the whole dataflow of a run to an environment. */
  public static void build(StreamExecutionEnvironment environment, TitanicRun run) {
    run.configure(environment);
    new TitanicTopology(environment, run).build();
  }

  private void build() {
    SingleOutputStreamOperator<Packet> coordinator = coordinator(control());
    SingleOutputStreamOperator<Packet> owner = owner(toColumn(coordinator));
    rows.add(owner);
    for (int k = 1; k <= run.stages(); k++) {
      DataStream<Packet> activations = toColumn(rows.get(k - 1));
      boolean getsHeadGradients = k == run.stages() && k > 1;
      rows.add(
          stage(
              k,
              getsHeadGradients
                  ? activations.union(toColumn(owner.getSideOutput(Outputs.HEAD)))
                  : activations));
    }
    DataStream<Packet> back =
        sideOutputs(Outputs.FEEDBACK).union(toColumn(coordinator, Outputs.FEEDBACK));
    feedback(run.aggregates() ? back.union(sums(owner)) : back);
    DataStream<Packet> reports = sideOutputs(Outputs.FEEDBACK_SERVER);
    feedbackToServer(proposals(coordinator).map(reports::union).orElse(reports));
    progress(coordinator.getSideOutput(CoordinatorOutputs.PROGRESS));
  }

  /** Of the placement, when it lives. */
  private Optional<DataStream<Packet>> proposals(SingleOutputStreamOperator<Packet> coordinator) {
    return run.placement()
        .map(
            settings ->
                placement(coordinator.getSideOutput(CoordinatorOutputs.PLACEMENT), settings));
  }

  private SingleOutputStreamOperator<Packet> placement(
      DataStream<Packet> measured, PlacementSettings settings) {
    SingleOutputStreamOperator<Packet> placement =
        Placed.onServer(
            measured.transform(
                "placement", RecordType.PACKET, new PlacementOperatorFactory(settings)),
            Uids.PLACEMENT);
    DataStream<String> decisions = placement.getSideOutput(PlacementOutputs.DECISIONS);
    Placed.onServer(decisions.sinkTo(run.placementSink()), Uids.PLACEMENTS);
    return placement;
  }

  private SingleOutputStreamOperator<ControlRecord> control() {
    return Placed.onServer(run.controlSource(environment), Uids.CONTROL);
  }

  private SingleOutputStreamOperator<Packet> coordinator(DataStream<ControlRecord> control) {
    return Placed.besideCoordinator(
        control.transform(
            "coordinator",
            RecordType.PACKET,
            new CoordinatorOperatorFactory(run.coordinatorSettings())),
        Uids.COORDINATOR);
  }

  private SingleOutputStreamOperator<Packet> owner(DataStream<Packet> input) {
    return inColumns(
        input.transform(
            "owner: " + run.cut().describe(0),
            RecordType.PACKET,
            new OwnerOperatorFactory(
                run.stages(),
                run.modelLoading(),
                run.ownerData(),
                run.profiles(),
                run.config().masks())),
        Uids.OWNER);
  }

  private SingleOutputStreamOperator<Packet> stage(int k, DataStream<Packet> input) {
    return inColumns(
        input.transform(
            "stage-%d: %s".formatted(k, run.cut().describe(k)),
            RecordType.PACKET,
            new StageOperatorFactory(k, run.stages(), run.modelLoading(), run.delays())),
        Uids.stage(k));
  }

  /** Of what several owners at once hold. */
  private static DataStream<Packet> sums(SingleOutputStreamOperator<Packet> owner) {
    return toColumn(
        Placed.onServer(
            toColumn(owner, Outputs.AGGREGATION)
                .transform("aggregator", RecordType.PACKET, new AggregatorOperatorFactory()),
            Uids.AGGREGATOR));
  }

  private void feedback(DataStream<Packet> input) {
    inColumns(
        input.transform("feedback", Types.VOID, FeedbackTailFactory.client(run.stages())),
        Uids.FEEDBACK);
  }

  private void feedbackToServer(DataStream<Packet> input) {
    Placed.besideCoordinator(
        input.transform("feedback-server", Types.VOID, FeedbackTailFactory.server()),
        Uids.FEEDBACK_SERVER);
  }

  private void progress(DataStream<String> records) {
    Placed.onServer(records.sinkTo(run.progressSink()), Uids.PROGRESS);
  }

  private <T> SingleOutputStreamOperator<T> inColumns(
      SingleOutputStreamOperator<T> operator, String uid) {
    return Placed.inColumns(operator, uid, run.columns());
  }

  private DataStream<Packet> sideOutputs(OutputTag<Packet> tag) {
    return rows.stream().map(row -> toColumn(row, tag)).reduce(DataStream::union).orElseThrow();
  }

  private static DataStream<Packet> toColumn(
      SingleOutputStreamOperator<Packet> operator, OutputTag<Packet> tag) {
    return toColumn(operator.getSideOutput(tag));
  }

  private static DataStream<Packet> toColumn(DataStream<Packet> stream) {
    return stream.partitionCustom((column, columns) -> column, packet -> packet.to().column());
  }
}
