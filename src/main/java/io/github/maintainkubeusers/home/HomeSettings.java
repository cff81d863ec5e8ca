package io.github.maintainkubeusers.home;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param roots the folders below which the homes of a kind stand; each is taken for a filesystem of
 *     its own
 * @param maxFileBytes files in homes that are larger are refused, not read
 * @param workers threads for each root
 * @param deadline how long an operation may take, and how long one may wait for its turn before
 * @param sync whether what is written must be on disk before it is put in place
 * @param modes of homes that are made; set-gid where a group works together
 */
public record HomeSettings(
    Map<AccountKind, List<HomePath>> roots,
    int maxFileBytes,
    int workers,
    Duration deadline,
    boolean sync,
    Map<AccountKind, Integer> modes) {
  public static final Map<AccountKind, Integer> MODES =
      Map.of(AccountKind.TOOL, 02775, AccountKind.ADMIN, 02700);
  private static final int MAX_FILE_BYTES = 64 << 20;

  public HomeSettings {
    requireNonNull(roots, "roots is null");
    requireNonNull(deadline, "deadline is null");
    if (maxFileBytes < 1 || maxFileBytes > MAX_FILE_BYTES) {
      throw new IllegalArgumentException("maxFileBytes is not between 1 and " + MAX_FILE_BYTES);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers is less than 1");
    }
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("deadline is not positive");
    }
    roots = Map.copyOf(roots);
    modes = Map.copyOf(modes);
    if (!modes.keySet().equals(MODES.keySet())) {
      throw new IllegalArgumentException("modes are not those of all kinds");
    }
  }

  /** With homes that the group of a tool writes to. */
  public HomeSettings(
      Map<AccountKind, List<HomePath>> roots,
      int maxFileBytes,
      int workers,
      Duration deadline,
      boolean sync) {
    this(roots, maxFileBytes, workers, deadline, sync, MODES);
  }

  int mode(AccountKind kind) {
    return modes.get(kind);
  }

  /** Toolforge's roots, 256 KiB, 4 workers, 10 seconds, synced. */
  public static HomeSettings defaults() {
    return new HomeSettings(
        Map.of(
            AccountKind.TOOL,
            List.of(new HomePath("/data/project")),
            AccountKind.ADMIN,
            List.of(new HomePath("/home"))),
        256 << 10,
        4,
        Duration.ofSeconds(10),
        true);
  }
}
