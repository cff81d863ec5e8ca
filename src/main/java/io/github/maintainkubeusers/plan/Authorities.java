package io.github.maintainkubeusers.plan;

import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountRecord;

/**
 * Which authorities the cluster trusts at present, each by the SHA-256 of its certificate.
 *
 * @param access fingerprint of what kubeconfigs say of the cluster: its server and these authorities; empty while that
 *        is not known
 * @param signing the one that signs new certificates; empty while that is not known for certain
 */
public record Authorities(Optional<String> access, Set<String> trusted, Optional<String> signing) {
    public static final Authorities UNKNOWN = new Authorities(Optional.empty(), Set.of(), Optional.empty());

    public Authorities {
        trusted = Set.copyOf(trusted);
    }

    /** Its certificates are refused, or soon will be. Believed only of a cluster that signs with one that it trusts. */
    public boolean haveLost(AccountRecord record) {
        return isKnown() && !trusted.contains(record.issuer());
    }

    /** Its certificates are still good, but another signs now. */
    public boolean retire(AccountRecord record) {
        return isKnown() && !signing.get().equals(record.issuer());
    }

    private boolean isKnown() {
        return signing.filter(trusted::contains).isPresent();
    }
}
