package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import java.util.List;
import java.util.Set;

/**
 * Which accounts may be provisioned at all.
 *
 * @param uidFloor the lowest user or group id of an account; those below belong to the system
 * @param reservedNames names, or prefixes ending in {@code *}, that no account may have
 * @param sharedUids true where accounts may share a user id (a developer's machine)
 */
public record AdmissionPolicy(
    int uidFloor,
    Set<String> reservedNames,
    List<HomePath> toolRoots,
    List<HomePath> adminRoots,
    boolean sharedUids) {
  public AdmissionPolicy {
    reservedNames = Set.copyOf(reservedNames);
    toolRoots = List.copyOf(toolRoots);
    adminRoots = List.copyOf(adminRoots);
  }

  List<HomePath> roots(AccountKind kind) {
    return switch (kind) {
      case TOOL -> toolRoots;
      case ADMIN -> adminRoots;
      case SERVICE -> List.of();
    };
  }

  boolean reserves(String name) {
    return reservedNames.stream()
        .anyMatch(
            reserved ->
                reserved.endsWith("*")
                    ? name.startsWith(reserved.substring(0, reserved.length() - 1))
                    : name.equals(reserved));
  }
}
