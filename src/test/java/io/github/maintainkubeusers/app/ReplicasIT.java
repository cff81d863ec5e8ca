package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.Documented;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import io.github.maintainkubeusers.testing.Rfc2307;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three OpenLDAP servers of one directory, of which some are behind. */
@RootOnly
@ExtendWith(WorldExtension.class)
class ReplicasIT {
  private static final int PASSES = 6;

  private World world;
  private List<RealDirectory> servers = List.of();

  @BeforeEach
  void start(World fresh) {
    assumeTrue(Make.OPENLDAP.canRun(), Make.OPENLDAP.absence());
    world = fresh;
    servers = Stream.generate(() -> RealDirectory.start(Make.OPENLDAP)).limit(3).toList();
    servers.forEach(server -> server.change(Rfc2307.units()));
    world.writeLdapFile(
        "servers: %s\nuser: %s\npassword: %s\n"
            .formatted(
                servers.stream().map(server -> '"' + server.url() + '"').toList(),
                Rfc2307.READER,
                Rfc2307.PASSWORD));
    world.writeConfig(
        Documented.directory("rfc2307")
            .replaceAll("  (startTls|trustedCa): .*\n", "")
            .replaceAll("(?s)  admins:.*", "  admins: none\n"));
  }

  @AfterEach
  void stop() {
    servers.forEach(RealDirectory::close);
  }

  @Test
  void nobodyLosesAccessBeforeEveryServerThatAnswersSaysSo() {
    servers.forEach(server -> server.change(user("ant", 5001)));
    try (InProcess program = InProcess.start(world)) {
      program.pass();
      servers.get(0).change(remove("ant"));
      quiet(program, "ant", "one server is ahead of two");
      servers.get(1).change(remove("ant"));
      quiet(program, "ant", "two servers are ahead of one");

      servers.get(2).kill();

      assertThat(program.pass().summary()).contains("1 done");
      assertThat(suspended("ant")).isTrue();
    }
  }

  @Test
  void whoIsNewAtOneServerIsProvisionedOnceAndStays() {
    try (InProcess program = InProcess.start(world)) {
      servers.get(2).change(user("bee", 5002));
      program.passUntil("the new tool", () -> has("configmap", "maintain-kubeusers", "tool-bee"));

      quiet(program, "bee", "two servers are behind one");
    }
  }

  /** Each server has its turn twice. */
  private void quiet(InProcess program, String tool, String when) {
    try (var log = new CapturedLog()) {
      for (int i = 0; i < PASSES; i++) {
        assertThat(program.pass().summary()).as(when).contains("0 done", "0 failed");
      }
      assertThat(log.text()).contains("Servers of the directory disagree on 1 accounts");
    }
    assertThat(suspended(tool)).as(when).isFalse();
  }

  private boolean suspended(String tool) {
    return has("resourcequota", "maintain-kubeusers-quarantine", "tool-" + tool);
  }

  private boolean has(String kind, String name, String namespace) {
    return world.plane().kubectl().run("get", kind, name, "-n", namespace).succeeded();
  }

  private String user(String tool, int uid) {
    return Rfc2307.user("svc-" + tool, uid, 6001, world.toolHome(tool).toString());
  }

  private static String remove(String tool) {
    return "\ndn: " + Rfc2307.dn("svc-" + tool) + "\nchangetype: delete\n";
  }
}
