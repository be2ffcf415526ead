package dev.titanic.feedback;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All channels of this JVM. Tail and head run in different tasks, which know each other only by
 * what they can compute alone: the {@link ChannelKey}.
 *
 * <p>A channel exists from the first claim until its head closes it, or until its tail abandons it.
 */
public final class FeedbackChannels {
  private static final Map<ChannelKey, Claims> CHANNELS = new ConcurrentHashMap<>();

  private FeedbackChannels() {}

  /** Number of channels that nobody has closed yet: 0 when no job runs. */
  public static int openChannels() {
    return CHANNELS.size();
  }

  static WritableChannel writable(ChannelKey key) {
    return claims(key).claimTail();
  }

  static ReadableChannel readable(ChannelKey key) {
    return claims(key).claimHead();
  }

  private static Claims claims(ChannelKey key) {
    return CHANNELS.computeIfAbsent(key, Claims::new);
  }

  /** One tail and one head may claim a channel; a second one is a mistake in the topology. */
  private static final class Claims {
    private final ChannelKey key;
    private final FeedbackChannel channel;
    private boolean hasTail;
    private boolean hasHead;

    Claims(ChannelKey key) {
      this.key = key;
      this.channel = new FeedbackChannel(key, () -> CHANNELS.remove(key, this));
    }

    synchronized WritableChannel claimTail() {
      if (hasTail) {
        throw new IllegalStateException("a second tail for " + key);
      }
      hasTail = true;
      return channel;
    }

    synchronized ReadableChannel claimHead() {
      if (hasHead) {
        throw new IllegalStateException("a second head for " + key);
      }
      hasHead = true;
      return channel;
    }
  }
}
