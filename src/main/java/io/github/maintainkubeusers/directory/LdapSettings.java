package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.InvalidValueException;

/**
 * Which servers, and how to speak to them.
 *
 * @param servers any of them will do; they hold the same
 * @param bind absent: anonymous
 * @param trustedCa PEM certificates of the authorities that may sign the servers'; absent: those the JVM trusts
 * @param pageSize entries in one page; OpenLDAP refuses a page larger than its limit, which is 500 unless changed
 */
public record LdapSettings(List<LdapServer> servers, Optional<BindCredentials> bind, Optional<Path> trustedCa,
        LdapTimeouts timeouts, int pageSize, Referrals referrals) {
    public static final int DEFAULT_PAGE_SIZE = 500;

    public LdapSettings {
        servers = List.copyOf(servers);
        requireNonNull(bind, "bind is null");
        requireNonNull(trustedCa, "trustedCa is null");
        requireNonNull(timeouts, "timeouts is null");
        requireNonNull(referrals, "referrals is null");
        if (servers.isEmpty()) {
            throw new InvalidValueException("no LDAP server is named");
        }
        if (servers.stream().distinct().count() < servers.size()) {
            throw new InvalidValueException("an LDAP server is named twice");
        }
        if (pageSize < 1 || pageSize > 100_000) {
            throw new InvalidValueException("the LDAP page size " + pageSize + " is not between 1 and 100000");
        }
    }

    public static LdapSettings of(List<LdapServer> servers, Optional<BindCredentials> bind) {
        return new LdapSettings(servers, bind, Optional.empty(), LdapTimeouts.DEFAULT, DEFAULT_PAGE_SIZE,
                Referrals.FAIL);
    }

    public LdapSettings withTrustedCa(Path file) {
        return new LdapSettings(servers, bind, Optional.of(file), timeouts, pageSize, referrals);
    }

    public LdapSettings withTimeouts(LdapTimeouts changed) {
        return new LdapSettings(servers, bind, trustedCa, changed, pageSize, referrals);
    }

    public LdapSettings withPageSize(int changed) {
        return new LdapSettings(servers, bind, trustedCa, timeouts, changed, referrals);
    }

    public LdapSettings withReferrals(Referrals changed) {
        return new LdapSettings(servers, bind, trustedCa, timeouts, pageSize, changed);
    }
}
