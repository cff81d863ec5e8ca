package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of an account, kept where the account itself cannot write.
 *
 * @param credential its newest credentials; empty when none were recorded before it was suspended
 * @param previous the credentials before that may have rights beside the newest
 * @param since when the credentials were recorded, or the state changed since
 * @param podsDeleted of a quarantined tool: its namespace was seen without pods
 * @param former certificates before the newest that have not ended: a new one never hides one that
 *     can still be shown to somebody
 * @param project whose controller wrote it; empty in records from before that was kept
 */
public record AccountRecord(
    Uid uid,
    Optional<Credential> credential,
    List<Previous> previous,
    Instant since,
    AccountState state,
    boolean podsDeleted,
    LastApplied applied,
    Optional<String> project,
    List<Former> former) {
  private static final int MOST_PREVIOUS = 8;
  private static final int MOST_FORMER = 8;
  private static final String FORMER = "former";

  /**
   * Credentials that were superseded.
   *
   * @param until when their rights end
   */
  public record Previous(CredentialId id, Instant until) {
    public Previous {
      requireNonNull(id, "id is null");
      Entries.requireTime(until, "previous");
    }

    @Override
    public String toString() {
      return id + "@" + until;
    }

    static Previous parse(String text) {
      String[] parts = text.split("@", 2);
      return new Previous(
          new CredentialId(parts[0]), Instant.parse(parts.length > 1 ? parts[1] : ""));
    }
  }

  /**
   * A certificate that was superseded.
   *
   * @param certificate SHA-256 of its DER
   * @param number of its credentials, for people
   * @param end of the certificate itself, whatever rights it has
   */
  public record Former(String certificate, CredentialId id, int number, Instant end) {
    private static final Pattern FORM =
        Pattern.compile("([0-9a-f]{64}):([^:]{1,40}):([0-9]{1,9}):(.{1,40})");

    public Former {
      requireNonNull(certificate, "certificate is null");
      requireNonNull(id, "id is null");
      Entries.requireTime(end, FORMER);
    }

    static Former of(Credential credential) {
      return new Former(
          credential.certificate(), credential.id(), credential.number(), credential.notAfter());
    }

    @Override
    public String toString() {
      return certificate + ":" + id + ":" + number + ":" + end;
    }

    static Former parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new InvalidValueException(
            "the former certificate "
                + InvalidValueException.quoted(text)
                + " is not FINGERPRINT:ID:NUMBER:END");
      }
      return new Former(
          form.group(1),
          new CredentialId(form.group(2)),
          Integer.parseInt(form.group(3)),
          Instant.parse(form.group(4)));
    }
  }

  public AccountRecord {
    requireNonNull(uid, "uid is null");
    requireNonNull(credential, "credential is null");
    previous = List.copyOf(previous);
    Entries.requireTime(since, "since");
    requireNonNull(state, "state is null");
    requireNonNull(applied, "applied is null");
    requireNonNull(project, "project is null");
    former = List.copyOf(former);
    if (credential.isEmpty() && state != AccountState.QUARANTINED) {
      throw new InvalidValueException(
          "the record has no credential, and its state is " + state.label());
    }
  }

  /** The record of new credentials: active. */
  public static AccountRecord active(
      Uid uid, Credential credential, List<Previous> previous, Instant since, LastApplied applied) {
    return new AccountRecord(
        uid,
        Optional.of(credential),
        previous,
        since,
        AccountState.ACTIVE,
        false,
        applied,
        Optional.empty(),
        List.of());
  }

  /** The record of an account that loses its access before any credentials of it were recorded. */
  public static AccountRecord quarantinedUnrecorded(Uid uid, Instant since) {
    return new AccountRecord(
        uid,
        Optional.empty(),
        List.of(),
        since,
        AccountState.QUARANTINED,
        false,
        LastApplied.NONE,
        Optional.empty(),
        List.of());
  }

  /** The ID of the newest credentials. */
  public Optional<CredentialId> credentialId() {
    return credential.map(Credential::id);
  }

  /**
   * The previous credentials whose time lasts. Time is measured from {@link #since} in both
   * directions, so that a record that a wrong clock put into the future does not prolong it.
   */
  public List<Previous> previousAt(Instant now) {
    if (previous.isEmpty()) {
      return previous;
    }
    Duration passed = Duration.between(since, now).abs();
    return previous.stream()
        .filter(before -> passed.compareTo(Duration.between(since, before.until())) < 0)
        .toList();
  }

  /** The same, which takes the place of another record whose certificates are not forgotten. */
  public AccountRecord succeeding(Optional<AccountRecord> before, Instant now) {
    if (before.isEmpty()) {
      return this;
    }
    List<Former> all =
        Stream.concat(
                before.get().credential.stream().map(Former::of), before.get().former.stream())
            .filter(
                known ->
                    now.isBefore(known.end())
                        && credential
                            .filter(newest -> newest.certificate().equals(known.certificate))
                            .isEmpty())
            .limit(MOST_FORMER)
            .toList();
    return new AccountRecord(
        uid, credential, previous, since, state, podsDeleted, applied, project, all);
  }

  /** The same credentials in another state. Superseded ones lose their rights. */
  public AccountRecord in(AccountState changed, Instant at) {
    return new AccountRecord(
        uid, credential, List.of(), at, changed, false, applied, project, former);
  }

  /**
   * The same credentials with the same rights, whose owner waits for new ones or no longer does.
   */
  public AccountRecord waiting(boolean refresh) {
    AccountState changed = AccountState.whileRefreshWaits(refresh);
    return changed == state
        ? this
        : new AccountRecord(
            uid, credential, previous, since, changed, podsDeleted, applied, project, former);
  }

  public AccountRecord withPodsDeleted(boolean deleted) {
    return new AccountRecord(
        uid, credential, previous, since, state, deleted, applied, project, former);
  }

  public AccountRecord with(LastApplied changed) {
    return changed.equals(applied)
        ? this
        : new AccountRecord(
            uid, credential, previous, since, state, podsDeleted, changed, project, former);
  }

  /** The same, written by the controller of this project. */
  public AccountRecord ofProject(String name) {
    return project.equals(Optional.of(name))
        ? this
        : new AccountRecord(
            uid,
            credential,
            previous,
            since,
            state,
            podsDeleted,
            applied,
            Optional.of(name),
            former);
  }

  /** As name and value pairs, names without a prefix. */
  public Map<String, String> toEntries() {
    var entries = new TreeMap<String, String>();
    entries.put("uid", uid.toString());
    credential.ifPresent(newest -> newest.addTo(entries));
    if (!previous.isEmpty()) {
      entries.put("previous", previous.stream().map(Previous::toString).collect(joining(",")));
    }
    entries.put("since", since.toString());
    entries.put("state", state.label());
    if (podsDeleted) {
      entries.put("pods-deleted", "true");
    }
    if (!former.isEmpty()) {
      entries.put(FORMER, former.stream().map(Former::toString).collect(joining(",")));
    }
    project.ifPresent(name -> entries.put("project", name));
    entries.putAll(applied.toEntries());
    return entries;
  }

  /**
   * The reverse of {@link #toEntries}; further entries are passed over.
   *
   * @throws InvalidValueException naming the entry that is missing or invalid
   */
  public static AccountRecord fromEntries(Map<String, String> entries) {
    Optional<Credential> credential =
        entries.containsKey("credential")
            ? Optional.of(Credential.fromEntries(entries))
            : Optional.empty();
    List<Previous> previous =
        Entries.optional(
                entries,
                "previous",
                text ->
                    Arrays.stream(text.split(","))
                        .limit(MOST_PREVIOUS)
                        .map(Previous::parse)
                        .toList())
            .orElse(List.of());
    return new AccountRecord(
        Entries.read(entries, "uid", Uid::parse),
        credential,
        previous,
        Entries.read(entries, "since", Instant::parse),
        Entries.read(entries, "state", AccountState::parse),
        Entries.optional(entries, "pods-deleted", Entries::truth).orElse(false),
        LastApplied.fromEntries(entries),
        Optional.ofNullable(entries.get("project")),
        Entries.optional(
                entries,
                FORMER,
                text ->
                    Arrays.stream(text.split(",")).limit(MOST_FORMER).map(Former::parse).toList())
            .orElse(List.of()));
  }
}
