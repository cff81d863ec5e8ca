package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.testing.InMemoryApiServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has a copy of every certificate that was ever signed, with its key, and knows what each may do.
 */
final class Thief {
  private static final Pattern NAME = Pattern.compile("CN=([^,+]+)");
  private static final Pattern ORGANIZATION = Pattern.compile("O=([^,+]+)");

  private final TestingAuthority authority;
  private final List<Stolen> all = new ArrayList<>();
  private final Map<String, Stolen> byPem = new HashMap<>();

  /**
   * A certificate with its key.
   *
   * @param fingerprint SHA-256 of the DER, as records have it
   */
  record Stolen(
      int number,
      AccountId id,
      Set<Subject> subjects,
      String fingerprint,
      Instant at,
      Instant until) {
    @Override
    public String toString() {
      return "#"
          + number
          + " of "
          + id
          + " "
          + subjects.stream().map(Subject::name).sorted().toList();
    }
  }

  Thief(Instant start) {
    this.authority = TestingAuthority.root("CN=kubernetes", start);
  }

  byte[] bundle() {
    return authority.certificate();
  }

  /** Signs what it is sent, and keeps a copy. */
  byte[] signed(byte[] request, Instant now) {
    byte[] pem = authority.sign(request, now);
    Stolen stolen = read(pem, now);
    all.add(stolen);
    byPem.put(new String(pem, StandardCharsets.US_ASCII), stolen);
    return pem;
  }

  List<Stolen> all() {
    return all;
  }

  Optional<Stolen> of(byte[] pem) {
    return Optional.ofNullable(byPem.get(new String(pem, StandardCharsets.US_ASCII)));
  }

  /**
   * The accounts of which a binding gives rights to the certificate, each as often as there are
   * such bindings.
   */
  static List<AccountId> rights(Stolen stolen, InMemoryApiServer server) {
    var rights = new ArrayList<AccountId>();
    for (AccountId id : server.ids()) {
      Observed observed = server.get(id);
      observed.bindings().values().stream()
          .filter(binding -> binding.subjects().stream().anyMatch(stolen.subjects()::contains))
          .forEach(_ -> rights.add(id));
    }
    return rights;
  }

  private Stolen read(byte[] pem, Instant now) {
    try {
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      String subject = certificate.getSubjectX500Principal().getName();
      Matcher name = NAME.matcher(subject);
      if (!name.find()) {
        throw new IllegalStateException("no name in " + subject);
      }
      var subjects = new TreeSet<Subject>(Comparator.comparing(Subject::toString));
      subjects.add(Subject.user(name.group(1)));
      boolean admin = false;
      Matcher organizations = ORGANIZATION.matcher(subject);
      while (organizations.find()) {
        subjects.add(Subject.group(organizations.group(1)));
        admin |= organizations.group(1).equals("admins");
      }
      return new Stolen(
          all.size(),
          AccountId.of(admin ? AccountKind.ADMIN : AccountKind.TOOL, name.group(1)),
          Set.copyOf(subjects),
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())),
          now,
          certificate.getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
