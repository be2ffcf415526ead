package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubstitutionTest {
  private static final HostMemory MEMORY =
      new HostMemory(List.of(20L, 20L), Map.of("carol", 15L, "dave", 30L, "erin", 40L));

  @Test
  void leavesAPlacementAloneWhoseClientsAreAllThere() {
    Hosting wanted = hosting("alice", "bob", "carol");

    assertThat(replace(HostMemory.UNKNOWN, wanted, "alice", "bob", "carol")).isSameAs(wanted);
  }

  @Test
  void takesTheFirstClientThatHasNothing() {
    Hosting found =
        replace(
            HostMemory.UNKNOWN, hosting("alice", "bob", "carol"), "alice", "carol", "dave", "erin");

    assertThat(found)
        .isEqualTo(
            new Hosting(List.of("alice", "dave", "carol"), "bob is gone, dave takes stage-1"));
  }

  @Test
  void anOwnerAtOnceIsNotFree() {
    Hosting wanted = hosting("alice", "carol");
    Substitution atOnce =
        new Substitution(
            List.of("alice", "bob", "dave"), HostMemory.UNKNOWN, List.of("alice", "bob"));

    assertThat(atOnce.replace(wanted).hosts()).containsExactly("alice", "dave");
  }

  @Test
  void passesOverAClientWithoutTheMemory() {
    Hosting found =
        replace(MEMORY, hosting("alice", "bob", "dave"), "alice", "carol", "dave", "erin");

    assertThat(found.hosts()).containsExactly("alice", "erin", "dave");
  }

  @Test
  void takesOneThatHostsAlreadyWhenNobodyIsFree() {
    Hosting found = replace(MEMORY, hosting("alice", "bob", "erin"), "alice", "dave", "erin");
    Hosting again = replace(MEMORY, hosting("alice", "bob", "frank"), "alice", "carol", "erin");

    assertThat(found.hosts()).containsExactly("alice", "dave", "erin");
    assertThat(again)
        .isEqualTo(
            new Hosting(
                List.of("alice", "erin", "alice"),
                "bob is gone, erin takes stage-1; frank is gone, alice takes stage-2"));
  }

  @Test
  void saysWhatEverybodyLacks() {
    HostMemory tight = new HostMemory(List.of(20L), Map.of("alice", 19L, "carol", 15L));

    assertThatThrownBy(() -> replace(tight, hosting("alice", "bob"), "alice", "carol"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(
            "bob is gone and nobody has the memory for stage-1: carol has 15 bytes of memory for"
                + " stages and would need 20, alice has 19 bytes of memory for stages and would"
                + " need 20; start a client that has");
  }

  @Test
  void nobodyReplacesAnOwner() {
    assertThatThrownBy(() -> replace(HostMemory.UNKNOWN, hosting("alice", "bob"), "bob", "carol"))
        .isInstanceOf(MissingOwnerException.class)
        .isNotInstanceOf(ProtocolException.class)
        .hasMessage(
            "client 'alice' owns the data and has no TaskManager among the columns of this job,"
                + " which are bob, carol; stop the TaskManager of carol and start that of alice:"
                + " the job then goes on by itself");
  }

  private static Hosting hosting(String... hosts) {
    return new Hosting(List.of(hosts), "as configured");
  }

  private static Hosting replace(HostMemory memory, Hosting wanted, String... present) {
    return new Substitution(List.of(present), memory, wanted.hosts().subList(0, 1)).replace(wanted);
  }
}
