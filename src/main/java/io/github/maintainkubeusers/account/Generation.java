package io.github.maintainkubeusers.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which set of credentials of an account: 1 for the first, one more for each that follows, 0 for credentials that an
 * earlier controller issued without one.
 *
 * <p>Kubernetes cannot revoke a client certificate. Each certificate therefore carries the group of its generation,
 * and rights are given to that group, which can be taken out of a binding.
 */
public record Generation(int number) implements Comparable<Generation> {
    public static final Generation ADOPTED = new Generation(0);
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    public Generation {
        if (number < 0 || number > 999_999_999) {
            throw new InvalidValueException("the generation " + number + " is not between 0 and 999999999");
        }
    }

    public static Generation parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidValueException("the generation " + InvalidValueException.quoted(text)
                    + " is not a number between 0 and 999999999");
        }
        return new Generation(Integer.parseInt(text));
    }

    /** The group that a certificate of this generation carries: {@code tool:NAME:7}. */
    public String group(AccountId id) {
        return groupPrefix(id) + number;
    }

    /** The generation that a group of this account names, if it is one. */
    public static Optional<Generation> ofGroup(AccountId id, String group) {
        String prefix = groupPrefix(id);
        return group.startsWith(prefix) && NUMBER.matcher(group.substring(prefix.length())).matches()
                ? Optional.of(parse(group.substring(prefix.length())))
                : Optional.empty();
    }

    public Generation next() {
        return new Generation(number + 1);
    }

    @Override
    public int compareTo(Generation other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }

    private static String groupPrefix(AccountId id) {
        return id.kind().label() + ":" + id.name() + ":";
    }
}
