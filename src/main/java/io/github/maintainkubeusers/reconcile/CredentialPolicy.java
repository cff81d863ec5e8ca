package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.InvalidValueException;
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
  /** Kubernetes gives the first, and this program the others to one set of credentials each. */
  private static final List<String> RESERVED_GROUPS =
      List.of("system:", "tool:", "admin:", "service:");

  private static final int MOST_OF_A_GROUP = 253;

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

  /**
   * A group for the certificate of a service, which must give it no rights of tools, admins or
   * Kubernetes itself.
   *
   * @throws InvalidValueException when it is another's
   */
  public String serviceGroup(String text) {
    if (text.isBlank() || RESERVED_GROUPS.stream().anyMatch(text::startsWith)) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text)
              + " is not a group for services: none begins with "
              + String.join(", ", RESERVED_GROUPS));
    }
    if (text.length() > MOST_OF_A_GROUP || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text)
              + " is not a group: at most "
              + MOST_OF_A_GROUP
              + " characters that can be shown are allowed");
    }
    if (text.equals(toolOrganization) || text.equals(adminOrganization)) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text) + " is the group of all tools or of all admins");
    }
    return text;
  }

  SubjectName subject(AccountId id, CredentialId credential) {
    return credential.hasGroup()
        ? new SubjectName(id.name().value(), List.of(organization(id), credential.group(id)))
        : subjectWithoutGroup(id);
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

  /** A subject that has no group of its own, as earlier controllers gave it. */
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
