package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.plan.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether credentials of an account have rights now, by what the cluster holds of it.
 *
 * @param generation counts an account's credentials for people; empty when it is not recorded
 * @param hasRights whether the API server gives their holder rights now
 * @param end of their rights or of their certificate, as far as known
 * @param reason why it is so, for people; empty for those that are current and have rights
 * @param remedy what to do; empty likewise
 */
public record CredentialStanding(
    AccountId account,
    State state,
    Optional<Integer> generation,
    boolean hasRights,
    Optional<Instant> end,
    String reason,
    String remedy) {
  /** What has become of credentials since they were issued. */
  public enum State {
    CURRENT("current"),
    /** Newer ones took their place. */
    SUPERSEDED("superseded"),
    /** An admin said that they are in the wrong hands. */
    REVOKED("revoked"),
    /** Their account has lost its access for now. */
    QUARANTINED("quarantined"),
    ENDED("ended"),
    /** Nobody here issued them. */
    UNKNOWN("unknown");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public CredentialStanding {
    requireNonNull(account, "account is null");
    requireNonNull(state, "state is null");
    requireNonNull(generation, "generation is null");
    requireNonNull(end, "end is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(remedy, "remedy is null");
  }

  /** How a certificate stands whose place newer ones took. */
  public static CredentialStanding of(Observed observed, AccountRecord.Former former, Instant now) {
    return of(observed, former.id(), Optional.of(former.end()), now);
  }

  /**
   * How credentials stand.
   *
   * @param id that their certificate names by its group; that of legacy ones when it names none
   * @param notAfter of the certificate, where it is known
   */
  public static CredentialStanding of(
      Observed observed, CredentialId id, Optional<Instant> notAfter, Instant now) {
    AccountId account = observed.id();
    Optional<AccountRecord> record = observed.record().known();
    Optional<Credential> recorded =
        record.flatMap(AccountRecord::credential).filter(credential -> credential.id().equals(id));
    Optional<Integer> generation =
        recorded
            .map(Credential::number)
            .or(
                () ->
                    record.stream()
                        .flatMap(known -> known.former().stream())
                        .filter(former -> former.id().equals(id))
                        .map(AccountRecord.Former::number)
                        .findFirst());
    Optional<Instant> end = notAfter.or(() -> recorded.map(Credential::notAfter));
    boolean entitled = Rights.of(new Target.Kept(account, ""), observed, now).contains(id);
    boolean bound = isBound(observed, id);
    if (end.filter(at -> !now.isBefore(at)).isPresent()) {
      return new CredentialStanding(
          account, State.ENDED, generation, false, end, "ended on " + end.get(), renewal(account));
    }
    Optional<AdminFacts.Revocation> revocation =
        observed.facts().revocation().filter(_ -> observed.facts().revoke(id));
    if (revocation.isPresent()) {
      return new CredentialStanding(
          account,
          State.REVOKED,
          generation,
          bound,
          end,
          "an admin revoked it at " + revocation.get().at(),
          "use the account's new credentials");
    }
    if (record.filter(known -> known.state() == AccountState.QUARANTINED).isPresent()) {
      return new CredentialStanding(
          account,
          State.QUARANTINED,
          generation,
          bound,
          end,
          "the account is in quarantine since " + record.get().since(),
          "let the directory have the account again, and enabled: its credentials then work as"
              + " before");
    }
    if (recorded.isEmpty() && !entitled) {
      return new CredentialStanding(
          account,
          State.SUPERSEDED,
          generation,
          bound,
          end,
          "newer credentials took its place, or it never was recorded",
          newest(account));
    }
    return entitled(observed, id, generation, end, bound, now);
  }

  private static CredentialStanding entitled(
      Observed observed,
      CredentialId id,
      Optional<Integer> generation,
      Optional<Instant> end,
      boolean bound,
      Instant now) {
    AccountId account = observed.id();
    Optional<Instant> until =
        observed.record().known().stream()
            .flatMap(known -> known.previousAt(now).stream())
            .filter(previous -> previous.id().equals(id))
            .map(AccountRecord.Previous::until)
            .findFirst();
    if (until.isPresent()) {
      return new CredentialStanding(
          account,
          State.SUPERSEDED,
          generation,
          bound,
          until,
          "newer credentials took its place; it has rights until " + until.get(),
          newest(account));
    }
    return bound
        ? new CredentialStanding(account, State.CURRENT, generation, true, end, "", "")
        : new CredentialStanding(
            account,
            State.CURRENT,
            generation,
            false,
            end,
            "no binding gives rights to its group",
            "see that the controller runs: its next pass binds the group; maintain-kubeusers plan"
                + " says why it would not");
  }

  /** What is wrong with credentials that stand so, if anything is. */
  public List<Finding> findings() {
    return reason.isEmpty()
        ? List.of()
        : List.of(
            switch (state) {
              case ENDED -> new Finding(CertificateState.ENDED, reason, remedy);
              case UNKNOWN, CURRENT, SUPERSEDED, REVOKED, QUARANTINED ->
                  Finding.broken(reason, remedy);
            });
  }

  private static String newest(AccountId account) {
    return "use the credentials in the account's " + (account.kind().hasHome() ? "home" : "Secret");
  }

  /** How an account gets new credentials. */
  public static String renewal(AccountId account) {
    if (account.kind() == AccountKind.SERVICE) {
      return "delete its Secret, or annotate it with maintain-kubeusers/rotate: the controller"
          + " issues new credentials";
    }
    return account.kind() == AccountKind.TOOL
        ? "delete the ConfigMap maintain-kubeusers in the namespace tool-"
            + account.name()
            + ": the controller issues new credentials"
        : "remove the key "
            + account.name()
            + " from the ConfigMap maintain-kubeusers in the controller's namespace: it issues new"
            + " credentials";
  }

  private static boolean isBound(Observed observed, CredentialId id) {
    return observed.bindings().values().stream()
        .anyMatch(
            binding -> binding.subjects().containsAll(Rights.subjects(observed.id(), Set.of(id))));
  }
}
