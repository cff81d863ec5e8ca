package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.ManyServers;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates check} of three API servers, fifty kubelets and thirty webhooks. */
@ExtendWith(WorldExtension.class)
class CheckScaleIT {
  private static final int MOST_CALLS = 25;

  @Test
  void seesAllByFewCalls(World world) {
    world.addTool("passed", 50_001);
    assertThat(world.run("--once").status()).isZero();
    try (ManyServers servers = ManyServers.open(world)) {
      AuditLog audit = world.plane().auditLog();

      ProgramRun run = servers.check();

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output().lines().filter(line -> line.matches("kubelet +node-\\d+ .*well")))
          .hasSize(ManyServers.KUBELETS);
      assertThat(run.output().lines().filter(line -> line.matches("webhook +hook-\\d+.* well")))
          .hasSize(ManyServers.WEBHOOKS);
      assertThat(run.output().lines().filter(line -> line.matches("(apiserver|token-keys) .*well")))
          .hasSize(2 * ManyServers.API_SERVERS + 1);
      List<AuditLog.Call> calls = audit.calls(AuditLog.Call::isPrograms);
      assertThat(calls)
          .hasSizeBetween(1, MOST_CALLS)
          .noneMatch(AuditLog.Call::isWrite)
          .noneMatch(call -> call.resource().equals("secrets"));
    }
  }
}
