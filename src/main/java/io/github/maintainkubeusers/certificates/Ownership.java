package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out whose a certificate is, by what the cluster holds.
 *
 * @param records of all accounts
 * @param observe what the cluster holds of one
 * @param clientCas by which the API server knows clients; empty when they cannot be read
 */
public record Ownership(
    Map<AccountId, RecordState> records,
    Function<AccountId, Observed> observe,
    Optional<CaBundle> clientCas,
    Instant now) {
  /** The accounts that one common name can stand for. */
  private record Claim(AccountId account, CredentialId credential) {}

  public Ownership {
    records = Collections.unmodifiableMap(records);
    requireNonNull(observe, "observe is null");
    requireNonNull(clientCas, "clientCas is null");
    requireNonNull(now, "now is null");
  }

  /**
   * @param fingerprint SHA-256 of the DER, hexadecimal in small letters
   */
  public List<CredentialStanding> byFingerprint(String fingerprint) {
    List<CredentialStanding> newest =
        recorded(credential -> credential.certificate().equals(fingerprint));
    return newest.isEmpty() ? superseded(fingerprint) : newest;
  }

  /**
   * More than one when authorities have given the same number.
   *
   * @param serial hexadecimal in small letters, without zeros in front
   */
  public List<CredentialStanding> bySerial(String serial) {
    return recorded(credential -> credential.serial().equals(serial));
  }

  /**
   * Of a certificate that is at hand, which tells more than a record: whose it is though newer ones
   * took its place.
   *
   * @param chain the certificate, and what leads to its authority
   */
  public List<CredentialStanding> of(List<ParsedCertificate> chain) {
    ParsedCertificate certificate = chain.getFirst();
    List<CredentialStanding> recorded = byFingerprint(certificate.fingerprint());
    return recorded.isEmpty()
        ? claim(certificate).map(claim -> judge(claim, chain)).stream().toList()
        : recorded;
  }

  private List<CredentialStanding> superseded(String fingerprint) {
    return records.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry ->
                entry.getValue().known().stream()
                    .flatMap(record -> record.former().stream())
                    .filter(former -> former.certificate().equals(fingerprint))
                    .map(
                        former ->
                            CredentialStanding.of(observe.apply(entry.getKey()), former, now)))
        .toList();
  }

  private List<CredentialStanding> recorded(Predicate<Credential> which) {
    var found = new TreeMap<AccountId, Credential>();
    records.forEach(
        (id, state) ->
            state
                .known()
                .flatMap(AccountRecord::credential)
                .filter(which)
                .ifPresent(credential -> found.put(id, credential)));
    return found.entrySet().stream()
        .map(
            entry ->
                CredentialStanding.of(
                    observe.apply(entry.getKey()), entry.getValue().id(), Optional.empty(), now))
        .toList();
  }

  /** Whose it says it is. */
  private Optional<Claim> claim(ParsedCertificate certificate) {
    return certificate
        .subjectName()
        .flatMap(
            subject -> {
              List<AccountId> accounts = accounts(subject);
              Stream<Claim> byGroup =
                  accounts.stream()
                      .flatMap(
                          account ->
                              subject.organizations().stream()
                                  .flatMap(group -> CredentialId.ofGroup(account, group).stream())
                                  .map(credential -> new Claim(account, credential)));
              Stream<Claim> legacy =
                  accounts.stream()
                      .filter(this::hasLegacy)
                      .map(account -> new Claim(account, CredentialId.LEGACY));
              return Stream.concat(byGroup, legacy).findFirst();
            });
  }

  private static List<AccountId> accounts(SubjectName subject) {
    try {
      return Arrays.stream(AccountKind.values())
          .map(kind -> AccountId.of(kind, subject.commonName()))
          .toList();
    } catch (InvalidValueException _) {
      return List.of();
    }
  }

  private boolean hasLegacy(AccountId account) {
    Observed observed = observe.apply(account);
    return observed.isLegacy()
        || observed
            .record()
            .known()
            .flatMap(AccountRecord::credentialId)
            .filter(id -> !id.hasGroup())
            .isPresent();
  }

  private CredentialStanding judge(Claim claim, List<ParsedCertificate> chain) {
    Observed observed = observe.apply(claim.account());
    ParsedCertificate certificate = chain.getFirst();
    if (clientCas.isEmpty()) {
      return nobodys(
          claim,
          certificate,
          "the CAs that the API server knows clients by cannot be read, so that it"
              + " may be forged");
    }
    if (clientCas.get().pathOf(chain).isEmpty()) {
      return nobodys(
          claim, certificate, "none of the CAs that the API server knows clients by has signed it");
    }
    if (isRecorded(observed, claim.credential())) {
      return nobodys(claim, certificate, "another certificate is recorded under its ID");
    }
    if (!records.containsKey(claim.account()) && !observed.hasRights()) {
      return nobodys(claim, certificate, "the cluster holds nothing of that account");
    }
    return CredentialStanding.of(
        observed, claim.credential(), Optional.of(certificate.notAfter()), now);
  }

  private static boolean isRecorded(Observed observed, CredentialId credential) {
    return observed
        .record()
        .known()
        .flatMap(AccountRecord::credentialId)
        .filter(credential::equals)
        .isPresent();
  }

  private static CredentialStanding nobodys(
      Claim claim, ParsedCertificate certificate, String why) {
    return new CredentialStanding(
        claim.account(),
        CredentialStanding.State.UNKNOWN,
        Optional.empty(),
        false,
        Optional.of(certificate.notAfter()),
        "it says that it is of " + claim.account() + ", but " + why,
        "do not trust it; where it came from, find out who made it");
  }
}
