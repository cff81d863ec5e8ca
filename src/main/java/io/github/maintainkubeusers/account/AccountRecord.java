package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What is known of an account's credentials, kept where the account itself cannot write.
 *
 * @param previous the generation before, whose rights last until the grace period is over; equal to
 *        {@code generation} when there is none
 * @param certificate SHA-256 of the certificate's DER, 64 hexadecimal digits
 * @param issuer SHA-256 of the issuing CA's certificate
 * @param serial the certificate's serial number, hexadecimal
 * @param since when these credentials were recorded, or the state changed since
 */
public record AccountRecord(Uid uid, Generation generation, Generation previous, String certificate, String issuer,
        String serial, Instant notBefore, Instant notAfter, Instant since, AccountState state, Upkeep upkeep) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,64}");
    /** X.509 has years of four digits (RFC 5280, section 4.1.2.5). */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public AccountRecord {
        requireNonNull(uid, "uid is null");
        requireNonNull(generation, "generation is null");
        requireNonNull(previous, "previous is null");
        require(SHA256, certificate, "certificate");
        require(SHA256, issuer, "issuer");
        require(SERIAL, serial, "serial");
        requireTime(notBefore, "not-before");
        requireTime(notAfter, "not-after");
        requireTime(since, "since");
        requireNonNull(state, "state is null");
        requireNonNull(upkeep, "upkeep is null");
        if (!notBefore.isBefore(notAfter)) {
            throw new InvalidValueException("not-after " + notAfter + " is not later than not-before " + notBefore);
        }
        if (previous.compareTo(generation) > 0) {
            throw new InvalidValueException("previous " + previous + " is higher than generation " + generation);
        }
    }

    /** Of new credentials: active. */
    public AccountRecord(Uid uid, Generation generation, Generation previous, String certificate, String issuer,
            String serial, Instant notBefore, Instant notAfter, Instant since) {
        this(uid, generation, previous, certificate, issuer, serial, notBefore, notAfter, since, AccountState.ACTIVE,
                Upkeep.NONE);
    }

    /** The same credentials in another state. Whatever was before these credentials has no rights any more. */
    public AccountRecord in(AccountState changed, Instant at) {
        return new AccountRecord(uid, generation, generation, certificate, issuer, serial, notBefore, notAfter, at,
                changed, upkeep);
    }

    /** The same credentials with the same rights, whose owner waits for new ones, or no longer does. */
    public AccountRecord waiting(boolean refresh) {
        return new AccountRecord(uid, generation, previous, certificate, issuer, serial, notBefore, notAfter, since,
                AccountState.whileRefreshWaits(refresh), upkeep);
    }

    public AccountRecord with(Upkeep changed) {
        return new AccountRecord(uid, generation, previous, certificate, issuer, serial, notBefore, notAfter, since,
                state, changed);
    }

    /** As name and value pairs, names without a prefix. */
    public Map<String, String> toEntries() {
        var entries = new TreeMap<String, String>();
        entries.put("uid", uid.toString());
        entries.put("generation", generation.toString());
        entries.put("previous", previous.toString());
        entries.put("certificate", certificate);
        entries.put("issuer", issuer);
        entries.put("serial", serial);
        entries.put("not-before", notBefore.toString());
        entries.put("not-after", notAfter.toString());
        entries.put("since", since.toString());
        entries.put("state", state.label());
        entries.putAll(upkeep.toEntries());
        return entries;
    }

    /**
     * The reverse of {@link #toEntries}; further entries are passed over.
     *
     * @throws InvalidValueException naming the entry that is missing or makes no sense
     */
    public static AccountRecord fromEntries(Map<String, String> entries) {
        return new AccountRecord(read(entries, "uid", Uid::parse), read(entries, "generation", Generation::parse),
                read(entries, "previous", Generation::parse), read(entries, "certificate", text -> text),
                read(entries, "issuer", text -> text), read(entries, "serial", text -> text),
                read(entries, "not-before", Instant::parse), read(entries, "not-after", Instant::parse),
                read(entries, "since", Instant::parse), read(entries, "state", AccountState::parse),
                Upkeep.fromEntries(entries));
    }

    static <T> T read(Map<String, String> entries, String name, Function<String, T> parser) {
        String text = entries.get(name);
        if (text == null) {
            throw new InvalidValueException("the record has no " + name);
        }
        try {
            return parser.apply(text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("the record's " + name + " makes no sense: " + e.getMessage(), e);
        } catch (DateTimeException e) {
            throw new InvalidValueException(
                    "the record's " + name + " " + InvalidValueException.quoted(text) + " is not a time", e);
        }
    }

    private static void require(Pattern pattern, String text, String name) {
        if (!pattern.matcher(text).matches()) {
            throw new InvalidValueException(
                    "the record's " + name + " " + InvalidValueException.quoted(text)
                            + " is not hexadecimal as it should be");
        }
    }

    private static void requireTime(Instant time, String name) {
        requireNonNull(time, name + " is null");
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidValueException("the record's " + name + " "
                    + InvalidValueException.quoted(time.toString()) + " is not between the years 0 and 9999");
        }
    }
}
