package dev.titanic.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes the stages of clients that are not there, after a restart. The rule has no chance in
 * it, so that every attempt comes to the same: the first client of the configuration that is there,
 * has no partition and has the memory; if there is none, the first that has the memory beside what
 * it hosts. The placement may find better hosts later.
 */
final class Substitution {
  private final List<String> present;
  private final HostMemory memory;
  private final List<String> owners;

  /**
   * @param present clients with a column, in the order of the configuration
   * @param owners clients that hold the first partition, each a copy when there are several
   */
  Substitution(List<String> present, HostMemory memory, List<String> owners) {
    this.present = List.copyOf(present);
    this.memory = memory;
    this.owners = List.copyOf(owners);
  }

  /**
   * Replaces whoever is not there.
   *
   * @throws MissingOwnerException when that is an owner: nobody else has its data
   * @throws ProtocolException when nobody has the memory
   */
  Hosting replace(Hosting wanted) {
    List<String> hosts = new ArrayList<>(wanted.hosts());
    for (String owner : owners) {
      if (!present.contains(owner)) {
        throw new MissingOwnerException(owner, present, idle(hosts));
      }
    }
    List<String> replaced = new ArrayList<>();
    for (int stage = 1; stage < hosts.size(); stage++) {
      String host = hosts.get(stage);
      if (!present.contains(host)) {
        String substitute = substitute(stage, hosts);
        hosts.set(stage, substitute);
        replaced.add("%s is gone, %s takes %s".formatted(host, substitute, Hosting.name(stage)));
      }
    }
    return replaced.isEmpty() ? wanted : new Hosting(hosts, String.join("; ", replaced));
  }

  private String substitute(int stage, List<String> hosts) {
    List<String> candidates = new ArrayList<>(idle(hosts));
    present.stream().filter(client -> !candidates.contains(client)).forEach(candidates::add);
    return candidates.stream()
        .filter(client -> memory.fits(client, with(stage, client, hosts)))
        .findFirst()
        .orElseThrow(() -> nobody(stage, hosts, candidates));
  }

  private List<String> idle(List<String> hosts) {
    return present.stream()
        .filter(client -> !hosts.contains(client) && !owners.contains(client))
        .toList();
  }

  private static List<Integer> with(int stage, String client, List<String> hosts) {
    List<Integer> hosted = new ArrayList<>(Hosting.partitionsOf(client, hosts));
    hosted.add(stage);
    return hosted;
  }

  private ProtocolException nobody(int stage, List<String> hosts, List<String> candidates) {
    return new ProtocolException(
        "%s is gone and nobody has the memory for %s: %s; start a client that has"
            .formatted(
                hosts.get(stage),
                Hosting.name(stage),
                String.join(
                    ", ",
                    candidates.stream()
                        .map(client -> memory.describe(client, with(stage, client, hosts)))
                        .toList())));
  }
}
