package dev.titanic.job.flink;

import dev.titanic.column.ClientIdentity;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalResourceOptions;

/**
 * Who a TaskManager is, and which of the two slot-sharing groups its slot is for.
 *
 * <p>The amount of an external resource is what pins: a slot request that asks for one {@code
 * titanic-client} cannot be served by the server's TaskManager, nor the other way round. There is
 * no driver behind the resource.
 *
 * @param id the client's id, or {@value #SERVER}
 * @param resource external resource that the TaskManager offers one of
 */
public record TaskManagerRole(String id, String resource) {
  public static final String CLIENT_RESOURCE = "titanic-client";
  public static final String SERVER_RESOURCE = "titanic-server";

  /** Id of the TaskManager that holds the coordinator; no client may be called so. */
  public static final String SERVER = "server";

  public TaskManagerRole {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "a client id consists of letters, digits, '_', '.' and '-': '" + id + "'");
    }
  }

  public static TaskManagerRole client(String id) {
    if (id.equals(SERVER)) {
      throw new IllegalArgumentException("a client cannot be called '" + SERVER + "'");
    }
    return new TaskManagerRole(id, CLIENT_RESOURCE);
  }

  public static TaskManagerRole server() {
    return new TaskManagerRole(SERVER, SERVER_RESOURCE);
  }

  /** Adds the role to a TaskManager's configuration. */
  public void configure(Configuration configuration) {
    configuration.setString(ClientIdentity.ID_KEY, id);
    configuration.setString(ExternalResourceOptions.EXTERNAL_RESOURCE_LIST.key(), resource);
    configuration.setString(
        ExternalResourceOptions.getAmountConfigOptionForResource(resource), "1");
  }
}
