package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that calls the API server by a certificate of its own, as the configuration declares
 * it.
 *
 * @param groups further organizations of its certificate: rights that are bound to them cannot be
 *     taken back
 * @param terms who signs its certificate, and for how long
 * @param overlap how long superseded credentials work beside new ones
 * @param roles ClusterRoles that are bound to its newest credentials
 * @param labels of its Secret, beside those that every one has
 * @param selfRenewal whether its newest credentials may read its Secret, where the next ones will
 *     be
 */
public record Service(
    AccountName name,
    List<String> groups,
    SigningTerms terms,
    Duration overlap,
    SecretLocation secret,
    SecretFormat format,
    List<String> roles,
    Map<String, String> labels,
    boolean selfRenewal) {
  /** Of a Secret: the service that it is of. */
  public static final String LABEL = "maintain-kubeusers/service";

  private static final String BINDING_PREFIX = "maintain-kubeusers:service:";
  private static final String RENEWAL_SUFFIX = ":renewal";

  /**
   * Where its key and certificate are put.
   *
   * @param name of the Secret
   */
  public record SecretLocation(String namespace, String name) {
    private static final Pattern FORM =
        Pattern.compile(
            "([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)");

    public SecretLocation {
      requireNonNull(namespace, "namespace is null");
      requireNonNull(name, "name is null");
    }

    /**
     * @param text as {@code NAMESPACE/NAME}
     * @throws InvalidValueException when it is not
     */
    public static SecretLocation parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new InvalidValueException(
            InvalidValueException.quoted(text) + " is not a Secret like NAMESPACE/NAME");
      }
      return new SecretLocation(form.group(1), form.group(2));
    }

    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  public Service {
    requireNonNull(name, "name is null");
    groups = List.copyOf(groups);
    requireNonNull(terms, "terms is null");
    requireNonNull(overlap, "overlap is null");
    requireNonNull(secret, "secret is null");
    requireNonNull(format, "format is null");
    roles = List.copyOf(roles);
    labels = Map.copyOf(labels);
  }

  public AccountId id() {
    return new AccountId(AccountKind.SERVICE, name);
  }

  /** All labels of its Secret. */
  public Map<String, String> shownLabels() {
    var all = new TreeMap<>(labels);
    all.put(LABEL, name.value());
    return all;
  }

  /** The name of the ClusterRoleBinding that gives it a role. */
  public String binding(String role) {
    return BINDING_PREFIX + name + ":" + role;
  }

  /** Whose ClusterRoleBinding has this name. */
  public static Optional<AccountId> ofBinding(String binding) {
    int end = binding.indexOf(':', BINDING_PREFIX.length());
    if (!binding.startsWith(BINDING_PREFIX) || end < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(AccountId.service(binding.substring(BINDING_PREFIX.length(), end)));
    } catch (InvalidValueException _) {
      return Optional.empty();
    }
  }

  /**
   * The name of a Role beside its Secret, which lets it read that Secret alone, and of the
   * RoleBinding that gives its newest credentials this role.
   */
  public static String renewal(AccountId service) {
    return BINDING_PREFIX + service.name() + RENEWAL_SUFFIX;
  }

  /** Whose RoleBinding has this name. */
  public static Optional<AccountId> ofRenewal(String binding) {
    return ofBinding(binding).filter(service -> binding.equals(renewal(service)));
  }

  /** The account by which it is provisioned: a service has no Unix user and no home. */
  Account account() {
    return new Account(id(), Account.NOBODY, Account.NO_HOME, false);
  }
}
