package io.github.maintainkubeusers.account;

import java.util.regex.Pattern;

/**
 * A user id, and the group id equal to it. Never root's: an account of this program is not root, whatever the
 * directory says. At most 2^31-1, which every filesystem and NFS server takes.
 */
public record Uid(int value) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    public Uid {
        if (value <= 0) {
            throw new InvalidValueException("the user id " + value + " is not between 1 and " + Integer.MAX_VALUE);
        }
    }

    /** @throws InvalidValueException when the text is not a decimal number from 1 to 2^31-1 */
    public static Uid parse(String text) {
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE || Long.parseLong(text) == 0) {
            throw new InvalidValueException("the user id " + InvalidValueException.quoted(text)
                    + " is not a number between 1 and " + Integer.MAX_VALUE);
        }
        return new Uid(Integer.parseInt(text));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
