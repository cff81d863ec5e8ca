package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.RecordState;
import java.util.Optional;

/** What a tool's owner is shown, by the ConfigMap in its namespace. */
final class ToolStatus {
  private final Namespaces namespaces;
  private final StatusConfigMaps configMaps;
  private final FormerRecords former;

  ToolStatus(Namespaces namespaces, StatusConfigMaps configMaps, FormerRecords former) {
    this.namespaces = requireNonNull(namespaces, "namespaces is null");
    this.configMaps = requireNonNull(configMaps, "configMaps is null");
    this.former = requireNonNull(former, "former is null");
  }

  /** Empty when the ConfigMap is not there; an earlier controller's may have another name. */
  Optional<CredentialStatus> read(Namespaces.State state) {
    Optional<CredentialStatus> usual = configMaps.toolStatus(Names.namespace(state.tool()));
    boolean isFormer = state.record() instanceof RecordState.None && former.isOf(state.tool());
    return usual.isEmpty() && isFormer ? Optional.of(CredentialStatus.UNDER_FORMER_NAME) : usual;
  }

  /**
   * That the ConfigMap is missing by the program's own doing is recorded: its owner has requested
   * nothing.
   */
  void show(AccountId tool, CredentialStatus status) {
    Runnable note =
        () ->
            namespaces
                .state(tool)
                .record()
                .known()
                .filter(record -> !record.applied().statusMissing())
                .ifPresent(
                    record -> {
                      var noted = record.with(record.applied().withStatusMissing(true));
                      String _ = namespaces.record(tool, noted, namespaces.state(tool).version());
                    });
    try {
      configMaps.writeTool(tool, status, note);
    } catch (ClusterException e) {
      note.run();
      throw e;
    }
  }
}
