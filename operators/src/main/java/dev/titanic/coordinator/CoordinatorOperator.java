package dev.titanic.coordinator;

import dev.titanic.column.Failures;
import dev.titanic.column.Outputs;
import dev.titanic.edge.FrameAssembly;
import dev.titanic.feedback.FeedbackHead;
import dev.titanic.feedback.Watchdog;
import dev.titanic.protocol.CoordinatorPort;
import dev.titanic.protocol.CoordinatorProtocol;
import dev.titanic.protocol.Edge;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RunStateSerializer;
import dev.titanic.schemas.state.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The root of the job: runs the {@link CoordinatorProtocol}, lets barriers out only between its
 * transactions, and ends the input when the run is done. Its input are the operator's commands.
 */
final class CoordinatorOperator extends AbstractStreamOperator<Packet>
    implements OneInputStreamOperator<ControlRecord, Packet>, BoundedOneInput, CoordinatorPort {
  private static final Duration LOOKS = Duration.ofMillis(250);

  private final CoordinatorSettings settings;
  private final MailboxExecutor mailbox;

  private transient ListState<RunState> state;
  private transient ListState<Long> journalLength;
  private transient RunState restored;
  private transient StopSignal input;
  private transient CoordinatorProtocol protocol;
  private transient ProgressJournal journal;
  private transient Profiles profiles;
  private transient FrameAssembly assembly;
  private transient FeedbackHead feedback;
  private transient Watchdog watchdog;
  private transient Patience patience;
  private transient @Nullable ModelSink export;
  private transient boolean waitsForData;
  private transient boolean finished;

  @SuppressWarnings(
      "NullAway.Init") // Flink calls initializeState() and open() before anything else
  CoordinatorOperator(StreamOperatorParameters<Packet> parameters, CoordinatorSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("run", RunStateSerializer.INSTANCE));
    journalLength =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("journal-length", Types.LONG));
    restored = firstOr(state, RunState.FRESH);
  }

  @Override
  public void open() throws Exception {
    super.open();
    input = StopSignal.take();
    journal =
        ProgressJournal.open(
            outputDirectory().progress(), firstOr(journalLength, 0L), this::publish);
    CoordinatorMetrics.register(getRuntimeContext(), journal, settings.plan().owners());
    if (restored.orders().paused()) {
      LOG.warn("the run is paused, as it was; {\"command\": \"resume\"} lets it go on");
    }
    profiles = new Profiles();
    assembly = new FrameAssembly();
    patience = new Patience(settings.patience(), System::nanoTime);
    Failures.orderly(
        () -> protocol = new CoordinatorProtocol(settings.plan(), restored, this, journal));
    feedback = FeedbackHead.open(getRuntimeContext(), Address.COORDINATOR, mailbox, this::receive);
    watchdog = Watchdog.start(mailbox, LOOKS, this::look);
  }

  private OutputDirectory outputDirectory() {
    return new OutputDirectory(Path.of(settings.output()));
  }

  private static <T> T firstOr(ListState<T> list, T otherwise) throws Exception {
    Iterator<T> elements = list.get().iterator();
    return elements.hasNext() ? elements.next() : otherwise;
  }

  @Override
  public void processElement(StreamRecord<ControlRecord> element) {
    ControlRecord control = element.getValue();
    switch (control.kind()) {
      case COMMAND ->
          Failures.orderly(() -> Commands.apply(control, protocol, settings.placementLives()));
      case PROFILE ->
          profiles.read(control).ifPresent(profile -> send(Address.placement(), profile));
    }
  }

  private void receive(Packet packet) {
    if (!(packet.message() instanceof Proposal)) {
      patience.renew(); // advice is no sign that the transaction goes on
    }
    assembly
        .add(packet)
        .ifPresent(whole -> Failures.orderly(() -> protocol.on(whole.from(), whole.message())));
  }

  /** Every now and then: is something lost, or is there data where there was none? */
  private void look() {
    if (protocol.transactionIsOpen()) {
      patience.require(protocol::waitsFor);
      return;
    }
    patience.renew();
    if (waitsForData) {
      waitsForData = false;
      Failures.orderly(protocol::advance);
    }
  }

  @Override
  public void send(Address to, Message message) {
    Packet packet = new Packet(Address.coordinator(), to, message);
    StreamRecord<Packet> element = new StreamRecord<>(packet);
    switch (Edge.of(packet.from(), to, message, settings.plan().stages())) {
      case FORWARD -> output.collect(element);
      case FEEDBACK -> output.collect(Outputs.FEEDBACK, element);
      case PLACEMENT -> output.collect(CoordinatorOutputs.PLACEMENT, element);
      case HEAD, AGGREGATION, FEEDBACK_SERVER, SELF ->
          throw new IllegalStateException(packet + " does not leave the coordinator");
    }
  }

  private void publish(String json) {
    output.collect(CoordinatorOutputs.PROGRESS, new StreamRecord<>(json));
  }

  @Override
  public void wakeLater() {
    waitsForData = true;
  }

  @Override
  public ModelSink openModel() {
    ModelSink opened = Export.open(Path.of(settings.model()), settings.lora(), outputDirectory());
    export = opened;
    return opened;
  }

  /** The reader of the chained source ends with the signal, and with it the job. */
  @Override
  public void end() {
    input.stop();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    if (finished) {
      return; // the last checkpoint, on a mailbox that takes nothing more
    }
    protocol.awaitBarrier();
    drain();
    mailbox.execute(() -> Failures.orderly(protocol::barrierHasLeft), "after the barrier");
  }

  private void drain() throws Exception {
    while (protocol.transactionIsOpen()) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(protocol.state()));
    journalLength.update(List.of(journal.flush()));
  }

  @Override
  public void endInput() throws Exception {
    protocol.awaitBarrier();
    drain();
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    finished = true;
    feedback.finished();
  }

  @Override
  public void close() throws Exception {
    if (watchdog != null) {
      watchdog.close();
    }
    if (feedback != null) {
      feedback.close();
    }
    if (journal != null) {
      journal.close();
    }
    if (export != null) {
      export.close();
    }
    super.close();
  }
}
