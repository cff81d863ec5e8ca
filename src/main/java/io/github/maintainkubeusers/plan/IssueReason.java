package io.github.maintainkubeusers.plan;

import java.util.Optional;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;

/** Why an account gets new credentials. */
enum IssueReason {
    NEW("new", Wave.NONE),
    USELESS("those of an earlier controller were no use", Wave.NONE),
    REVOKED("revoked", Wave.NONE),
    REFRESH("refresh", Wave.NONE),
    DAMAGED("damaged credentials", Wave.NONE),
    RENEWAL("renewal", Wave.NONE),
    AUTHORITY_LOST("the cluster no longer trusts its authority", Wave.URGENT),
    AUTHORITY_RETIRES("another authority signs now", Wave.ROUTINE);

    private final String words;
    private final Wave wave;

    IssueReason(String words, Wave wave) {
        this.words = words;
        this.wave = wave;
    }

    String words() {
        return words;
    }

    Wave wave() {
        return wave;
    }

    /** Empty when its credentials are good, or when their owner asked for new ones too often and has to wait. */
    static Optional<IssueReason> of(Observed observed, Outlook outlook, RefreshLimit limit) {
        Optional<AccountRecord> known = observed.record().known();
        if (known.isEmpty()) {
            return Optional.of(observed.isForeign() ? USELESS : NEW);
        }
        AccountRecord record = known.get();
        if (record.state() == AccountState.REVOKED) {
            return Optional.of(REVOKED);
        }
        if (isRefreshWanted(observed) && limit.allows(record.upkeep().throttle(), outlook.now())) {
            return Optional.of(REFRESH);
        }
        if (outlook.home() == HomeCondition.CREDENTIALS_DAMAGED) {
            return Optional.of(DAMAGED);
        }
        return byTime(observed, record, outlook);
    }

    static boolean isRefreshWanted(Observed observed) {
        return observed.marker().isEmpty() || observed.isIn(AccountState.REFRESH_DELAYED);
    }

    private static Optional<IssueReason> byTime(Observed observed, AccountRecord record, Outlook outlook) {
        if (outlook.authorities().haveLost(record)) {
            return Optional.of(AUTHORITY_LOST);
        }
        if (!outlook.now().isBefore(Renewal.dueAt(observed.id(), record))) {
            return Optional.of(RENEWAL);
        }
        return outlook.authorities().retire(record) ? Optional.of(AUTHORITY_RETIRES) : Optional.empty();
    }
}
