package io.github.maintainkubeusers.account;

/**
 * A user id, and the group id equal to it. Never root's: an account of this program is not root, whatever the
 * directory says. At most 2^31-1, which every filesystem and NFS server takes.
 */
public record Uid(int value) {
    private static final int MOST_DIGITS = 10;

    public Uid {
        if (value <= 0) {
            throw new InvalidValueException("the user id " + value + " is not between 1 and " + Integer.MAX_VALUE);
        }
    }

    /** @throws InvalidValueException when the text is not a decimal number from 1 to 2^31-1 */
    public static Uid parse(String text) {
        long value = isNumber(text) ? Long.parseLong(text) : 0;
        if (value == 0 || value > Integer.MAX_VALUE) {
            throw new InvalidValueException("the user id " + InvalidValueException.quoted(text)
                    + " is not a number between 1 and " + Integer.MAX_VALUE);
        }
        return new Uid((int) value);
    }

    /** In a loop of our own, for each pass reads the user ids of all accounts. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST_DIGITS;
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
