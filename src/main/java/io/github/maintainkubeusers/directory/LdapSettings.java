package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers, and how to speak to them.
 *
 * @param servers any of them will do; they hold the same
 * @param bind absent: anonymous
 * @param trustedCa PEM certificates of the authorities that may sign the servers'; absent: those
 *     the JVM trusts
 * @param pageSize entries in one page; OpenLDAP refuses a page larger than its limit, which is 500
 *     unless changed
 * @param required attributes that a server's schema must have: nobody is locked by one that is
 *     misspelt
 */
public record LdapSettings(
    List<LdapServer> servers,
    Optional<BindCredentials> bind,
    Optional<Path> trustedCa,
    LdapTimeouts timeouts,
    int pageSize,
    Referrals referrals,
    Set<String> required) {
  public static final int DEFAULT_PAGE_SIZE = 500;

  public LdapSettings {
    servers = List.copyOf(servers);
    requireNonNull(bind, "bind is null");
    requireNonNull(trustedCa, "trustedCa is null");
    requireNonNull(timeouts, "timeouts is null");
    requireNonNull(referrals, "referrals is null");
    required = Set.copyOf(required);
    if (servers.isEmpty()) {
      throw new InvalidValueException("no LDAP server is named");
    }
    if (servers.stream().distinct().count() < servers.size()) {
      throw new InvalidValueException("an LDAP server is named twice");
    }
    if (pageSize < 1 || pageSize > 100_000) {
      throw new InvalidValueException(
          "the LDAP page size " + pageSize + " is not between 1 and 100000");
    }
  }

  public static LdapSettings of(List<LdapServer> servers, Optional<BindCredentials> bind) {
    return new LdapSettings(
        servers,
        bind,
        Optional.empty(),
        LdapTimeouts.DEFAULT,
        DEFAULT_PAGE_SIZE,
        Referrals.FAIL,
        Set.of());
  }

  public LdapSettings withTrustedCa(Path file) {
    return new LdapSettings(
        servers, bind, Optional.of(file), timeouts, pageSize, referrals, required);
  }

  public LdapSettings withTimeouts(LdapTimeouts changed) {
    return new LdapSettings(servers, bind, trustedCa, changed, pageSize, referrals, required);
  }

  public LdapSettings withPageSize(int changed) {
    return new LdapSettings(servers, bind, trustedCa, timeouts, changed, referrals, required);
  }

  public LdapSettings withReferrals(Referrals changed) {
    return new LdapSettings(servers, bind, trustedCa, timeouts, pageSize, changed, required);
  }

  public LdapSettings withRequired(Set<String> changed) {
    return new LdapSettings(servers, bind, trustedCa, timeouts, pageSize, referrals, changed);
  }
}
