package dev.titanic.data;

/**
 * Where records go that cannot be trained on, in their owner's domain.
 *
 * <p>At least once: a step that is read again reports its unusable records again.
 */
public interface RejectedRecords extends AutoCloseable {
  /** For who only looks. */
  RejectedRecords NOWHERE =
      new RejectedRecords() {
        @Override
        public void add(TopicRecord record, String reason) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /**
   * Hands over a record; the delivery may still be under way.
   *
   * @param reason one line without content
   */
  void add(TopicRecord record, String reason);

  /** Waits until everything handed over is delivered; what cannot be is a {@link DataException}. */
  void flush();

  @Override
  void close();
}
