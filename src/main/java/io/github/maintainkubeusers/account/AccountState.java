package io.github.maintainkubeusers.account;

/** What an account's record says of its access. */
public enum AccountState {
    ACTIVE("active"),
    /** With all its rights; its owner has asked for new credentials too often, and gets them when they are due. */
    REFRESH_DELAYED("refresh-delayed"),
    /** Its credentials have no rights any more, by an admin's word; it is to be given new ones. */
    REVOKED("revoked"),
    /** Without rights and pods, but with everything else, until it comes back or is removed. */
    QUARANTINED("quarantined");

    private final String label;

    AccountState(String label) {
        this.label = label;
    }

    /** The word for it in records. */
    public String label() {
        return label;
    }

    /** Of an account with all its rights. */
    public static AccountState whileRefreshWaits(boolean waits) {
        return waits ? REFRESH_DELAYED : ACTIVE;
    }

    static AccountState parse(String text) {
        for (AccountState state : values()) {
            if (state.label.equals(text)) {
                return state;
            }
        }
        throw new InvalidValueException("the state " + InvalidValueException.quoted(text) + " is unknown");
    }
}
