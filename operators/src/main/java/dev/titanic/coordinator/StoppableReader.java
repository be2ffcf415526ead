package dev.titanic.coordinator;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** A reader whose input ends with a signal, and not with its splits. */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
final class StoppableReader<T, SplitT extends SourceSplit> implements SourceReader<T, SplitT> {
  private final SourceReader<T, SplitT> reader;
  private final CompletableFuture<Void> stopped;
  private boolean drained;

  StoppableReader(SourceReader<T, SplitT> reader, CompletableFuture<Void> stopped) {
    this.reader = reader;
    this.stopped = stopped;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (stopped.isDone()) {
      return InputStatus.END_OF_INPUT;
    }
    if (drained) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    InputStatus status = reader.pollNext(output);
    drained = status == InputStatus.END_OF_INPUT;
    return drained ? InputStatus.NOTHING_AVAILABLE : status;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (drained || stopped.isDone()) {
      return stopped;
    }
    CompletableFuture<Void> available = reader.isAvailable();
    return available.isDone()
        ? available
        : CompletableFuture.anyOf(available, stopped).thenAccept(either -> {});
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public List<SplitT> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void addSplits(List<SplitT> splits) {
    reader.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
