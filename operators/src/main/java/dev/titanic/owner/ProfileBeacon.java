package dev.titanic.owner;

import dev.titanic.column.ClientIdentity;
import dev.titanic.nn.ComputeDevice;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in {@code titanic.clients} what this client offers, again and again, with the client's own
 * credentials. It has a thread of its own, and nothing that goes wrong here touches the job.
 */
final class ProfileBeacon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileBeacon.class);

  private final ClientIdentity client;
  private final ComputeDevice device;
  private final ProfileSettings settings;
  private final Thread thread;

  private ProfileBeacon(ClientIdentity client, ComputeDevice device, ProfileSettings settings) {
    this.client = client;
    this.device = device;
    this.settings = settings;
    this.thread = new Thread(this::run, "titanic-profile-" + client.id());
    thread.setDaemon(true);
  }

  static ProfileBeacon start(
      ClientIdentity client, ComputeDevice device, ProfileSettings settings) {
    ProfileBeacon beacon = new ProfileBeacon(client, device, settings);
    beacon.thread.start();
    return beacon;
  }

  private void run() {
    boolean warned = false;
    while (!Thread.currentThread().isInterrupted()) {
      try (ProfileTopic topic = ProfileTopic.open(client, settings)) {
        SelfMeasurement self =
            new SelfMeasurement(client.id(), settings.offeredBy(client.id()), device, topic);
        publish(self, topic);
      } catch (InterruptedException | InterruptException closed) {
        return;
      } catch (RuntimeException | ExecutionException | LinkageError failure) {
        if (!warned) {
          warned = true;
          LOG.warn(
              "{} cannot say in {} what it offers ({}): the placement goes by what it measures",
              client.id(),
              settings.topic(),
              failure.getClass().getSimpleName());
        }
      }
      if (!pause(settings.interval())) {
        return;
      }
    }
  }

  /** Returns only by an exception. */
  private void publish(SelfMeasurement self, ProfileTopic topic)
      throws InterruptedException, ExecutionException {
    while (true) {
      topic.publish(self.profile());
      TimeUnit.MILLISECONDS.sleep(settings.interval().toMillis());
    }
  }

  private static boolean pause(Duration interval) {
    try {
      TimeUnit.MILLISECONDS.sleep(interval.toMillis());
      return true;
    } catch (InterruptedException closed) {
      return false;
    }
  }

  /** Returns at once; the thread ends after what it is at. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
