package dev.titanic.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.column.ClientIdentity;
import dev.titanic.job.flink.TaskManagerRole;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedFlinkITCase {
  private static final List<String> CLIENTS = List.of("alice", "bob", "carol");
  private static final String HOSTS = "hosts";

  @AutoClose private EmbeddedFlink flink;

  @BeforeAll
  void start(@TempDir Path checkpoints) throws Exception {
    flink = EmbeddedFlink.start(EmbeddedFlink.settings(2, CLIENTS.size(), checkpoints), CLIENTS);
  }

  @Test
  void everyColumnLandsOnAClientOfItsOwn() throws Exception {
    JobResult result = run(pinnedJob());

    assertThat(hosts(result, "client")).containsExactlyInAnyOrderElementsOf(CLIENTS);
    assertThat(hosts(result, "server")).containsExactly(TaskManagerRole.SERVER);
  }

  @Test
  void aClientThatComesBackIsFoundAgain() throws Exception {
    flink.stopClient("bob").get();
    flink.startClient("bob");

    assertThat(hosts(run(pinnedJob()), "client")).containsExactlyInAnyOrderElementsOf(CLIENTS);
  }

  @Test
  void dashboardAnswers() throws Exception {
    HttpResponse<String> index = get("/");
    HttpResponse<String> overview = get("/overview");

    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(index.body()).contains("<html");
    assertThat(overview.body()).contains("\"flink-version\":\"2.2.1\"");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(flink.webUrl().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private JobResult run(JobGraph graph) throws Exception {
    JobID job = flink.submit(graph);
    return flink.result(job).get();
  }

  /** One operator at the server, then one subtask in each client's column. */
  private JobGraph pinnedJob() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
    environment
        .fromSequence(1, 100)
        .setParallelism(1)
        .slotSharingGroup(server())
        .map(new NamesItsHost("server"))
        .setParallelism(1)
        .slotSharingGroup(server())
        .rebalance()
        .map(new NamesItsHost("client"))
        .setParallelism(CLIENTS.size())
        .slotSharingGroup(client())
        .sinkTo(new DiscardingSink<>())
        .setParallelism(CLIENTS.size())
        .slotSharingGroup(client());
    return environment.getStreamGraph().getJobGraph();
  }

  private static SlotSharingGroup server() {
    return group("server", TaskManagerRole.SERVER_RESOURCE);
  }

  private static SlotSharingGroup client() {
    return group("client", TaskManagerRole.CLIENT_RESOURCE);
  }

  private static SlotSharingGroup group(String name, String resource) {
    return SlotSharingGroup.newBuilder(name)
        .setCpuCores(0.1)
        .setTaskHeapMemoryMB(64)
        .setExternalResource(resource, 1)
        .build();
  }

  private static List<String> hosts(JobResult result, String operator) throws Exception {
    Object hosts =
        Objects.requireNonNull(result.getAccumulatorResults().get(HOSTS + operator))
            .deserializeValue(EmbeddedFlinkITCase.class.getClassLoader())
            .getUnchecked();
    return ((List<?>) hosts).stream().map(String::valueOf).toList();
  }

  /** Identity that writes down the client id of the TaskManager it runs on. */
  private static final class NamesItsHost extends RichMapFunction<Long, Long> {
    private final String operator;

    NamesItsHost(String operator) {
      this.operator = operator;
    }

    @Override
    public void open(OpenContext context) {
      ListAccumulator<String> hosts = new ListAccumulator<>();
      hosts.add(
          ((StreamingRuntimeContext) getRuntimeContext())
              .getTaskManagerRuntimeInfo()
              .getConfiguration()
              .getString(ClientIdentity.ID_KEY, "nobody"));
      getRuntimeContext().addAccumulator(HOSTS + operator, hosts);
    }

    @Override
    public Long map(Long value) {
      return value;
    }
  }
}
