package io.github.maintainkubeusers.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The services that the configuration declares. */
public final class Services {
  public static final Services NONE = new Services(List.of());

  private final Map<AccountId, Service> declared = new TreeMap<>();

  /**
   * @param services each with a name of its own
   */
  public Services(Collection<Service> services) {
    services.forEach(service -> declared.put(service.id(), service));
  }

  public Optional<Service> find(AccountId id) {
    return Optional.ofNullable(declared.get(id));
  }

  /** By name. */
  public List<Service> all() {
    return List.copyOf(declared.values());
  }

  /** As accounts that are to be provisioned. */
  public List<Account> accounts() {
    return declared.values().stream().map(Service::account).toList();
  }
}
