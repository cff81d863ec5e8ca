package io.github.maintainkubeusers.reconcile;

import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.DirectorySnapshot.Origin;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what was read of the directory, whenever it is not what was read before. */
final class ReadingLog {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingLog.class);

  private String told = "";

  synchronized void log(DirectorySnapshot snapshot) {
    snapshot
        .origin()
        .ifPresent(
            origin -> {
              String counts = counts(snapshot, origin);
              if (!counts.equals(told)) {
                told = counts;
                LOG.info("Read {} from {}", counts, origin.server());
                origin.kinds().stream()
                    .sorted()
                    .filter(kind -> usable(snapshot, kind) == 0)
                    .forEach(kind -> LOG.warn("{}", warning(snapshot, kind, origin)));
              }
            });
  }

  /** Like "2,400 tools (240 disabled), 3 admins". */
  private static String counts(DirectorySnapshot snapshot, Origin origin) {
    return Stream.of(AccountKind.values())
        .filter(origin.kinds()::contains)
        .map(
            kind -> {
              long locked = snapshot.locked(kind);
              return String.format(Locale.ROOT, "%,d %ss", snapshot.count(kind), kind.label())
                  + (locked == 0 ? "" : String.format(Locale.ROOT, " (%,d disabled)", locked));
            })
        .collect(joining(", "));
  }

  private static long usable(DirectorySnapshot snapshot, AccountKind kind) {
    return snapshot.accounts().stream()
        .filter(account -> account.id().kind() == kind && !account.disabled())
        .count();
  }

  private static String warning(DirectorySnapshot snapshot, AccountKind kind, Origin origin) {
    return snapshot.count(kind) == 0
        ? "There are no "
            + kind.label()
            + "s in the directory at "
            + origin.server()
            + ", or this bind DN may not read them; directory."
            + kind.label()
            + "s of the configuration says where they are looked for"
        : "Of the "
            + kind.label()
            + "s in the directory at "
            + origin.server()
            + " not one can be used;"
            + " directory.locks of the configuration says what disables them";
  }
}
