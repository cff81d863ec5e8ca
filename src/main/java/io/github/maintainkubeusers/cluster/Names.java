package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.Map;
import java.util.Optional;

/** The names of objects, which are those that clusters have had since 2019. */
final class Names {
  /** The ConfigMap that says when credentials end, and whose deletion asks for new ones. */
  static final String RECORD = "maintain-kubeusers";

  static final Map<String, String> MANAGED_BY =
      Map.of("app.kubernetes.io/managed-by", "maintain-kubeusers");
  private static final String NAMESPACE_PREFIX = "tool-";
  private static final String VIEW_BINDING_SUFFIX = "-view-binding";
  private static final String ADMIN_BINDING_SUFFIX = "-binding";

  private Names() {}

  static String namespace(AccountId tool) {
    return NAMESPACE_PREFIX + tool.name();
  }

  /** The policy, and the role to use it, that an earlier controller gave a tool. */
  static String podSecurityPolicy(AccountId tool) {
    return NAMESPACE_PREFIX + tool.name() + "-psp";
  }

  static Optional<AccountId> toolOf(String namespace) {
    return named(AccountKind.TOOL, namespace, NAMESPACE_PREFIX, "");
  }

  /** The admin that a ClusterRoleBinding of this name may be for; whether it is, its role says. */
  static Optional<AccountId> adminOf(String binding) {
    return binding.endsWith(VIEW_BINDING_SUFFIX)
        ? named(AccountKind.ADMIN, binding, "", VIEW_BINDING_SUFFIX)
        : named(AccountKind.ADMIN, binding, "", ADMIN_BINDING_SUFFIX);
  }

  static Optional<AccountId> account(AccountKind kind, String name) {
    return named(kind, name, "", "");
  }

  private static Optional<AccountId> named(
      AccountKind kind, String text, String prefix, String suffix) {
    if (!text.startsWith(prefix)
        || !text.endsWith(suffix)
        || text.length() < prefix.length() + suffix.length()) {
      return Optional.empty();
    }
    try {
      String name = text.substring(prefix.length(), text.length() - suffix.length());
      return Optional.of(AccountId.of(kind, name));
    } catch (InvalidValueException _) {
      return Optional.empty();
    }
  }
}
