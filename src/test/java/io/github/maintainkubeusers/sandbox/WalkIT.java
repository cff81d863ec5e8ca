package io.github.maintainkubeusers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sandbox's walk with the directories of others. */
@ExtendWith(WorldExtension.class)
class WalkIT {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(RealLayout.class)
  void isTheSameWithEveryDirectory(RealLayout layout, ControlPlane plane) {
    assumeTrue(layout.make().canRun(), layout.make().absence());
    try (var cleanup = new Cleanup()) {
      RealDirectory server = cleanup.add(RealDirectory.start(layout.make()));
      World world = World.create(plane);
      world.awaitEmpty();
      layout.configure(world, server);

      new Walk(world, new LayoutDirectory(layout, server), narration(), cleanup).go();
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("Read 3 tools, 1 admins", "the tool stats has new ones");
  }

  private Narration narration() {
    return new Narration(new PrintStream(told, true, StandardCharsets.UTF_8));
  }
}
