package dev.titanic.job.feed;

/** Hears how a feed goes on, from a thread of Kafka's producer: it must not block. */
@FunctionalInterface
public interface FeedProgress {

  /**
   * @param documents that the broker has confirmed so far
   * @param bytes of their values
   */
  void delivered(long documents, long bytes);
}
