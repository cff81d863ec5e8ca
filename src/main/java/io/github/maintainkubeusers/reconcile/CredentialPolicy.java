package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.SubjectName;
import java.util.ArrayList;
import java.util.List;

/**
 * How credentials are made.
 *
 * @param toolOrganization the group of all tools
 * @param adminOrganization the group of all admins
 * @param kubeconfig what kubeconfigs say
 */
public record CredentialPolicy(
    KeyAlgorithm keyAlgorithm,
    String toolOrganization,
    String adminOrganization,
    KubeconfigPolicy kubeconfig) {
  public CredentialPolicy {
    requireNonNull(keyAlgorithm, "keyAlgorithm is null");
    requireNonNull(toolOrganization, "toolOrganization is null");
    requireNonNull(adminOrganization, "adminOrganization is null");
    requireNonNull(kubeconfig, "kubeconfig is null");
  }

  /** With kubeconfigs that say what is needed and no more. */
  public CredentialPolicy(
      KeyAlgorithm keyAlgorithm,
      String toolOrganization,
      String adminOrganization,
      String kubeconfigName) {
    this(keyAlgorithm, toolOrganization, adminOrganization, KubeconfigPolicy.named(kubeconfigName));
  }

  SubjectName subject(AccountId id, CredentialId credential) {
    return new SubjectName(id.name().value(), List.of(organization(id), credential.group(id)));
  }

  static SubjectName subject(Service service, CredentialId credential) {
    var organizations = new ArrayList<>(List.of(credential.group(service.id())));
    organizations.addAll(service.groups());
    return new SubjectName(service.name().value(), organizations);
  }

  /** Of nobody: no binding names it. */
  static SubjectName ofProbe() {
    return new SubjectName("maintain-kubeusers-probe", List.of());
  }

  /** The subject that earlier controllers gave, which has no group of its own. */
  SubjectName subjectWithoutGroup(AccountId id) {
    return new SubjectName(id.name().value(), List.of(organization(id)));
  }

  private String organization(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> toolOrganization;
      case ADMIN -> adminOrganization;
      case SERVICE -> throw new IllegalArgumentException(id + " has no organization of its own");
    };
  }
}
