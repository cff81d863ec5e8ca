package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is recorded of one client certificate.
 *
 * @param number counts an account's credentials for people; nothing is decided by it, and it can
 *     start again
 * @param certificate SHA-256 of the certificate's DER, 64 hexadecimal digits
 * @param issuer SHA-256 of the issuing CA's certificate
 * @param serial the certificate's serial number, hexadecimal
 */
public record Credential(
    CredentialId id,
    int number,
    String certificate,
    String issuer,
    String serial,
    Instant notBefore,
    Instant notAfter) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,64}");

  public Credential {
    requireNonNull(id, "id is null");
    require(SHA256, certificate, "certificate");
    require(SHA256, issuer, "issuer");
    require(SERIAL, serial, "serial");
    Entries.requireTime(notBefore, "not-before");
    Entries.requireTime(notAfter, "not-after");
    if (!notBefore.isBefore(notAfter)) {
      throw new InvalidValueException(
          "not-after " + notAfter + " is not later than not-before " + notBefore);
    }
  }

  public Credential numbered(int count) {
    return new Credential(id, count, certificate, issuer, serial, notBefore, notAfter);
  }

  void addTo(Map<String, String> entries) {
    entries.put("credential", id.value());
    entries.put("generation", Integer.toString(number));
    entries.put("certificate", certificate);
    entries.put("issuer", issuer);
    entries.put("serial", serial);
    entries.put("not-before", notBefore.toString());
    entries.put("not-after", notAfter.toString());
  }

  static Credential fromEntries(Map<String, String> entries) {
    return new Credential(
        Entries.read(entries, "credential", CredentialId::new),
        Entries.read(entries, "generation", Entries::number),
        Entries.read(entries, "certificate", text -> text),
        Entries.read(entries, "issuer", text -> text),
        Entries.read(entries, "serial", text -> text),
        Entries.read(entries, "not-before", Instant::parse),
        Entries.read(entries, "not-after", Instant::parse));
  }

  private static void require(Pattern pattern, String text, String name) {
    if (!pattern.matcher(text).matches()) {
      throw new InvalidValueException(
          "the record's "
              + name
              + " "
              + InvalidValueException.quoted(text)
              + " is not hexadecimal of the right length");
    }
  }
}
