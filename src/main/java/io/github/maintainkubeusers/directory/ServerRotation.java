package io.github.maintainkubeusers.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose turn it is. Servers take turns; one that failed comes last for a while. */
final class ServerRotation {
  static final Duration REST = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(ServerRotation.class);

  private final List<LdapServer> servers;
  private final Clock clock;
  private final Map<LdapServer, Instant> failedAt = new HashMap<>();
  private final Set<LdapServer> reported = new HashSet<>();
  private int turn;

  ServerRotation(List<LdapServer> servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  /** All servers, in the order in which to try them this time. */
  synchronized List<LdapServer> next() {
    var order = new ArrayList<LdapServer>(servers);
    Collections.rotate(order, -turn);
    turn = (turn + 1) % servers.size();
    order.sort((a, b) -> Boolean.compare(isResting(a), isResting(b)));
    return order;
  }

  synchronized void failed(LdapServer server) {
    failedAt.put(server, clock.instant());
  }

  /**
   * Tells of faults that another server has made good; those that nobody has are in the caller's
   * exception.
   */
  synchronized void log(LdapServer server, DirectoryException failure) {
    if (reported.add(server)) {
      LOG.warn("{}; taking another LDAP server meanwhile", failure.getMessage());
    }
  }

  synchronized void succeeded(LdapServer server) {
    failedAt.remove(server);
    if (reported.remove(server)) {
      LOG.info("the LDAP server {} answers again", server);
    }
  }

  private boolean isResting(LdapServer server) {
    Instant failed = failedAt.get(server);
    return failed != null && clock.instant().isBefore(failed.plus(REST));
  }
}
