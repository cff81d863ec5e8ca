package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds the account of a certificate by fingerprint, often. Which account has a fingerprint is
 * kept; how its credentials stand is looked up each time, so that a revocation shows in the next
 * answer. A fingerprint that is not known lets everything be read anew, at most once a second.
 */
public final class CertificateIndex {
  private static final long BETWEEN_READINGS = Duration.ofSeconds(1).toNanos();

  private final Supplier<Map<AccountId, RecordState>> records;
  private final Function<AccountId, Observed> observe;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile Map<String, AccountId> owners = Map.of();
  private Optional<Long> readAt = Optional.empty();

  /**
   * @param records of all accounts
   * @param observe what the cluster holds of one
   * @param clock for dates
   * @param nanoTime a clock that is never set
   */
  public CertificateIndex(
      Supplier<Map<AccountId, RecordState>> records,
      Function<AccountId, Observed> observe,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.records = requireNonNull(records, "records is null");
    this.observe = requireNonNull(observe, "observe is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /**
   * @param fingerprint SHA-256 of the DER, hexadecimal in small letters
   */
  public Optional<CredentialStanding> find(String fingerprint) {
    Optional<CredentialStanding> known = lookUp(fingerprint);
    return known.isEmpty() && refresh() ? lookUp(fingerprint) : known;
  }

  private Optional<CredentialStanding> lookUp(String fingerprint) {
    return Optional.ofNullable(owners.get(fingerprint))
        .flatMap(id -> standing(observe.apply(id), fingerprint));
  }

  private Optional<CredentialStanding> standing(Observed observed, String fingerprint) {
    Instant now = clock.instant();
    Optional<AccountRecord> record = observed.record().known();
    return record
        .flatMap(AccountRecord::credential)
        .filter(credential -> credential.certificate().equals(fingerprint))
        .map(credential -> CredentialStanding.of(observed, credential.id(), Optional.empty(), now))
        .or(
            () ->
                record.stream()
                    .flatMap(known -> known.former().stream())
                    .filter(former -> former.certificate().equals(fingerprint))
                    .findFirst()
                    .map(former -> CredentialStanding.of(observed, former, now)));
  }

  /** False when that was done a moment ago. */
  private synchronized boolean refresh() {
    long now = nanoTime.getAsLong();
    if (readAt.filter(before -> now - before < BETWEEN_READINGS).isPresent()) {
      return false;
    }
    readAt = Optional.of(now);
    var found = new HashMap<String, AccountId>();
    records
        .get()
        .forEach(
            (id, state) ->
                state
                    .known()
                    .ifPresent(
                        record -> {
                          record.former().forEach(former -> found.put(former.certificate(), id));
                          record
                              .credential()
                              .map(Credential::certificate)
                              .ifPresent(newest -> found.put(newest, id));
                        }));
    owners = found;
    return true;
  }
}
