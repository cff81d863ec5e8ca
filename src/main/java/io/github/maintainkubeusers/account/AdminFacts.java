package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What admins have stated of an account by command. The controller reads these facts and never
 * writes them, so that no work of its own can undo what an admin stated.
 *
 * @param revocation of all credentials that the account had at that time
 * @param forgotten the recorded user id that no longer stands: a new owner may have the name
 */
public record AdminFacts(Optional<Revocation> revocation, Optional<Uid> forgotten) {
  public static final AdminFacts NONE = new AdminFacts(Optional.empty(), Optional.empty());

  /** The names of the entries that facts are stored as. */
  public static final Set<String> NAMES = Set.of("revoked", "revoked-at", "forgotten-uid");

  public AdminFacts {
    requireNonNull(revocation, "revocation is null");
    requireNonNull(forgotten, "forgotten is null");
  }

  /**
   * All credentials whose IDs do not come after this one have no rights any more, and legacy ones
   * neither.
   *
   * @param upTo an ID that was made when the admin stated it, after all that were known
   */
  public record Revocation(CredentialId upTo, Instant at) {
    public Revocation {
      requireNonNull(upTo, "upTo is null");
      Entries.requireTime(at, "revoked-at");
    }
  }

  /** Whether an admin revoked these credentials. */
  public boolean revoke(CredentialId credential) {
    return revocation.isPresent()
        && (credential.equals(CredentialId.LEGACY)
            || credential.compareTo(revocation.get().upTo()) <= 0);
  }

  public AdminFacts with(Revocation stated) {
    return new AdminFacts(Optional.of(stated), forgotten);
  }

  public AdminFacts withForgotten(Uid uid) {
    return new AdminFacts(revocation, Optional.of(uid));
  }

  /** As name and value pairs, names without a prefix. */
  public Map<String, String> toEntries() {
    var entries = new TreeMap<String, String>();
    revocation.ifPresent(
        revoked -> {
          entries.put("revoked", revoked.upTo().value());
          entries.put("revoked-at", revoked.at().toString());
        });
    forgotten.ifPresent(uid -> entries.put("forgotten-uid", uid.toString()));
    return entries;
  }

  /**
   * The reverse of {@link #toEntries}; further entries are passed over.
   *
   * @throws InvalidValueException naming the entry that is invalid
   */
  public static AdminFacts fromEntries(Map<String, String> entries) {
    Optional<Revocation> revocation =
        Entries.optional(entries, "revoked", CredentialId::new)
            .map(upTo -> new Revocation(upTo, Entries.read(entries, "revoked-at", Instant::parse)));
    return new AdminFacts(revocation, Entries.optional(entries, "forgotten-uid", Uid::parse));
  }
}
