package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.util.List;
import java.util.TreeMap;

/** Reads the directory and says which accounts may be provisioned. */
final class DirectoryReader {
  private final Directory directory;
  private final Cluster cluster;
  private final Admission admission;
  private final FaultLog faults;
  private final ControllerListener listener;
  private final ReadingLog readings = new ReadingLog();

  DirectoryReader(
      Directory directory,
      Cluster cluster,
      Admission admission,
      FaultLog faults,
      ControllerListener listener) {
    this.directory = requireNonNull(directory, "directory is null");
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.admission = requireNonNull(admission, "admission is null");
    this.faults = requireNonNull(faults, "faults is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  /** One reading of the directory, not looked at yet. */
  DirectorySnapshot read() {
    listener.onEvent(new ControllerEvent.StageEntered(Stage.DIRECTORY));
    DirectorySnapshot snapshot = directory.read();
    readings.log(snapshot);
    return snapshot;
  }

  /** What the other servers say, not looked at yet. */
  List<DirectorySnapshot> readOthers(DirectorySnapshot first) {
    return directory.readOthers(first);
  }

  /**
   * Needs what the cluster holds: of two accounts with one name, the one without a record is held.
   */
  WantedAccounts admit(DirectorySnapshot snapshot) {
    WantedAccounts wanted =
        admission.admit(snapshot, id -> cluster.observe(id).record() instanceof RecordState.Known);
    listener.onEvent(new ControllerEvent.DirectoryRead(wanted, snapshot.readAt()));
    var messages = new TreeMap<String, String>();
    wanted
        .unnamed()
        .forEach(held -> messages.merge(subject(held), held.toString(), (a, b) -> a + "; " + b));
    messages.forEach(
        (subject, message) -> {
          try (var _ = LogContext.account(subject)) {
            faults.report(subject, message);
          }
        });
    return wanted;
  }

  /** As {@link AccountId} names itself, for a name that need not be valid. */
  static String subject(Held held) {
    String quoted = InvalidValueException.quoted(held.name());
    return held.kind().label() + " " + quoted.substring(1, quoted.length() - 1);
  }
}
