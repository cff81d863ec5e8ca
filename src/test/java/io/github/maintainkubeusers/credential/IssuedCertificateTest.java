package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  private static final SubjectName SUBJECT =
      new SubjectName("fourohfour", List.of("toolforge", "tool:fourohfour:7"));
  private static final TestingAuthority AUTHORITY = TestingAuthority.root("CN=kubernetes", NOW);
  private static final ClientKey KEY =
      ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom());

  @Test
  void acceptsWhatASignerMakesOfTheRequest() {
    byte[] pem = AUTHORITY.sign(SigningRequest.create(KEY, SUBJECT), NOW);

    IssuedCertificate issued = check(pem);

    assertThat(issued.toPem()).isEqualTo(pem);
    assertThat(issued.serial()).isEqualTo("1f2e");
    assertThat(issued.notBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    assertThat(issued.notAfter())
        .isEqualTo(NOW.plus(Duration.ofDays(365)).minus(Duration.ofMinutes(5)));
    assertThat(issued.fingerprint())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(issued.issuerFingerprint());
    assertThat(issued.issuerFingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void acceptsTheSubjectInAnyOrderAndAnyStringType() {
    var name =
        new X500NameBuilder()
            .addRDN(BCStyle.CN, new DERPrintableString("fourohfour"))
            .addRDN(BCStyle.O, new DERUTF8String("tool:fourohfour:7"))
            .addRDN(BCStyle.O, new DERPrintableString("toolforge"))
            .build();

    assertThat(check(good().subject(name).sign()).serial()).isEqualTo("1f2e");
  }

  @Test
  void acceptsTheSubjectInOneRdnAsGoWritesSeveralOrganizations() {
    var name =
        new X500NameBuilder()
            .addMultiValuedRDN(
                new AttributeTypeAndValue[] {
                  new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("toolforge")),
                  new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("tool:fourohfour:7"))
                })
            .addRDN(BCStyle.CN, new DERUTF8String("fourohfour"))
            .build();

    assertThat(check(good().subject(name).sign()).serial()).isEqualTo("1f2e");
  }

  @Test
  void acceptsOrganizationsWithCharactersThatMustBeEscapedInText() {
    var subject =
        new SubjectName("fourohfour", List.of("Wikimedia, Inc. + \"friends\"", "#a=b\\ "));
    byte[] pem = AUTHORITY.sign(SigningRequest.create(KEY, subject), NOW);

    assertThat(IssuedCertificate.check(pem, KEY, subject, bundle(AUTHORITY), NOW).serial())
        .isEqualTo("1f2e");
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "Ed25519, 255"})
  void acceptsAnAuthorityWithAnyKindOfKey(String algorithm, int bits)
      throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    var authority = TestingAuthority.root("CN=kubernetes", generator.generateKeyPair(), NOW);
    var impostor = TestingAuthority.root("CN=kubernetes", generator.generateKeyPair(), NOW);
    byte[] pem = authority.sign(SigningRequest.create(KEY, SUBJECT), NOW);

    assertThat(
            IssuedCertificate.check(pem, KEY, SUBJECT, bundle(impostor, authority), NOW).serial())
        .isEqualTo("1f2e");
    assertThat(
            catchThrowableOfType(
                CredentialException.class,
                () -> IssuedCertificate.check(pem, KEY, SUBJECT, bundle(impostor), NOW)))
        .hasMessageContaining("none of the CAs that the API server knows clients by has signed it");
  }

  @Test
  void acceptsAnIntermediateAuthorityThatIsInTheBundle() {
    var intermediate = AUTHORITY.intermediate("CN=kubernetes signer", NOW);
    byte[] pem = intermediate.sign(SigningRequest.create(KEY, SUBJECT), NOW);

    var issued = IssuedCertificate.check(pem, KEY, SUBJECT, bundle(AUTHORITY, intermediate), NOW);

    var ofRoot =
        IssuedCertificate.check(good().sign(), KEY, SUBJECT, bundle(AUTHORITY, intermediate), NOW);
    assertThat(issued.issuerFingerprint()).isNotEqualTo(ofRoot.issuerFingerprint());
    refuses(pem, "none of the CAs that the API server knows clients by has signed it");
  }

  @Test
  void acceptsAChainThatLeadsToTheBundleAndKeepsItWhole() {
    var upper = AUTHORITY.intermediate("CN=upper", NOW);
    var lower = upper.intermediate("CN=lower", NOW);
    byte[] pem = chain(lower.sign(SigningRequest.create(KEY, SUBJECT), NOW), lower, upper);

    var issued = check(pem);

    assertThat(issued.toPem()).isEqualTo(pem);
    assertThat(issued.issuerFingerprint()).isEqualTo(check(good().sign()).issuerFingerprint());
    assertThat(issued.serial()).isEqualTo("1f2e");
    assertThat(check(chain(good().sign(), AUTHORITY)).issuerFingerprint())
        .isEqualTo(issued.issuerFingerprint());
    assertThat(StoredCredentials.organizations(pem, SUBJECT.commonName(), bundle(AUTHORITY)))
        .containsExactlyInAnyOrderElementsOf(SUBJECT.organizations());
  }

  @Test
  void endsWithTheFirstOfItsChain() {
    var ending = AUTHORITY.intermediate("CN=ending", NOW.minus(Duration.ofDays(3640)));
    byte[] pem = chain(ending.sign(SigningRequest.create(KEY, SUBJECT), NOW), ending);

    assertThat(check(pem).notAfter()).isEqualTo(NOW.plus(Duration.ofDays(10)));
  }

  @Test
  void refusesAChainThatTheApiServerWouldNotFollow() {
    String fault = "none of the CAs that the API server knows clients by has signed it";
    var upper = AUTHORITY.intermediate("CN=upper", NOW);
    var lower = upper.intermediate("CN=lower", NOW);
    byte[] leaf = lower.sign(SigningRequest.create(KEY, SUBJECT), NOW);
    refuses(chain(leaf, lower), fault);

    var ended = AUTHORITY.intermediate("CN=ended", NOW.minus(Duration.ofDays(4000)));
    refuses(chain(ended.sign(SigningRequest.create(KEY, SUBJECT), NOW), ended), fault);

    refusesToRead(chain(leaf, upper, lower));
    refusesToRead(chain(leaf, lower, lower));
  }

  @Test
  void refusesAChainLongerThanTlsLibrariesFollow() {
    var authority = AUTHORITY;
    var above = new ArrayList<TestingAuthority>();
    for (int i = 0; i < 10; i++) {
      authority = authority.intermediate("CN=intermediate " + i, NOW);
      above.addFirst(authority);
    }
    byte[] leaf = authority.sign(SigningRequest.create(KEY, SUBJECT), NOW);

    refusesToRead(chain(leaf, above.toArray(TestingAuthority[]::new)));
  }

  @Test
  void tellsTwoAuthoritiesOfOneNameApartByTheirKeys() {
    var renewed = TestingAuthority.root("CN=kubernetes", NOW);
    byte[] pem = renewed.sign(SigningRequest.create(KEY, SUBJECT), NOW);

    var one = IssuedCertificate.check(pem, KEY, SUBJECT, bundle(AUTHORITY, renewed), NOW);
    var other =
        IssuedCertificate.check(good().sign(), KEY, SUBJECT, bundle(AUTHORITY, renewed), NOW);

    assertThat(one.issuerFingerprint()).isNotEqualTo(other.issuerFingerprint());
    refuses(
        pem,
        "none of the CAs that the API server knows clients by has signed it; its issuer is"
            + " CN=kubernetes");
  }

  @Test
  void refusesAnAuthorityThatIsNotInTheBundle() {
    var foreign = TestingAuthority.root("CN=foreign", NOW);

    refuses(
        foreign.sign(SigningRequest.create(KEY, SUBJECT), NOW),
        "none of the CAs that the API server knows clients by has signed it; its issuer is"
            + " CN=foreign");
  }

  @Test
  void refusesAnotherKey() {
    var other = ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom());

    refuses(AUTHORITY.sign(SigningRequest.create(other, SUBJECT), NOW), "it is for another key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=fourohfive,O=toolforge,O=tool:fourohfour:7",
        "O=toolforge,O=tool:fourohfour:7",
        "CN=fourohfour,CN=admin,O=toolforge,O=tool:fourohfour:7",
        "CN=fourohfour,O=toolforge",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:8",
        "CN=fourohfour",
        "CN=Fourohfour,O=toolforge,O=tool:fourohfour:7",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,O=system:masters",
        "CN=fourohfour+O=system:masters,O=toolforge,O=tool:fourohfour:7",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,OU=system:masters",
        "CN=fourohfour+OU=x,O=toolforge,O=tool:fourohfour:7",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,UID=0",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,C=US",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,E=a@b.example",
        "CN=fourohfour,O=toolforge,O=tool:fourohfour:7,1.3.6.1.4.1.57683.2=0"
      })
  void refusesAnotherSubject(String subject) {
    refuses(good().subject(new X500Name(subject)).sign(), "its subject is ");
  }

  @Test
  void refusesASubjectWithoutAnything() {
    refusesToRead(good().subject(new X500NameBuilder().build()).sign());
  }

  @Test
  void refusesAnAttributeThatIsNoText() {
    var name =
        new X500NameBuilder()
            .addRDN(BCStyle.O, new DERUTF8String("toolforge"))
            .addRDN(BCStyle.O, new DERUTF8String("tool:fourohfour:7"))
            .addRDN(BCStyle.CN, new ASN1ObjectIdentifier("1.2.3"))
            .build();

    refuses(good().subject(name).sign(), "its subject is ");
  }

  @Test
  void refusesWhatIsNotForClientAuthentication() {
    refuses(
        good().purposes(KeyPurposeId.id_kp_serverAuth).sign(),
        "it is not for client authentication");
    refuses(good().purposes().sign(), "it is not for client authentication");
  }

  @Test
  void refusesWhatHasEndedOrIsAboutTo() {
    refuses(good().until(NOW.minusSeconds(1)).sign(), "it ends already at 2026-11-22T03:50:13Z");
    refuses(good().until(NOW.plusSeconds(59)).sign(), "it ends already at");
    assertThat(check(good().until(NOW.plusSeconds(61)).sign()).notAfter())
        .isEqualTo(NOW.plusSeconds(61));
  }

  @Test
  void refusesWhatIsNotYetValid() {
    refuses(good().from(NOW.plusSeconds(1)).sign(), "it is valid only from 2026-11-22T03:50:15Z");
    assertThat(check(good().from(NOW).sign()).notBefore()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
      })
  void refusesWhatIsNoCertificate(String text) {
    refusesToRead(text.getBytes(US_ASCII));
  }

  @Test
  void refusesACertificateThatIsNotPemOrNotAlone() {
    byte[] pem = good().sign();
    String text = new String(pem, US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));

    refusesToRead(der);
    refusesToRead((text + text).getBytes(US_ASCII));
    refusesToRead(
        (text + new String(TestingAuthority.root("CN=kubernetes", NOW).certificate(), US_ASCII))
            .getBytes(US_ASCII));
    refusesToRead(("users:\n" + text).getBytes(US_ASCII));
    refusesToRead(text.substring(0, text.length() / 2).getBytes(US_ASCII));
    assertThat(check(("\n" + text.replace("\n", "\r\n") + "\n").getBytes(US_ASCII)).serial())
        .isEqualTo("1f2e");
  }

  private static byte[] chain(byte[] leaf, TestingAuthority... above) {
    var pem = new ByteArrayOutputStream();
    pem.writeBytes(leaf);
    for (TestingAuthority authority : above) {
      pem.writeBytes(authority.certificate());
    }
    return pem.toByteArray();
  }

  private static TestingAuthority.Draft good() {
    return AUTHORITY
        .certificateOf(KEY.publicKey())
        .subject(SUBJECT.toX500Name())
        .from(NOW.minus(Duration.ofMinutes(5)))
        .until(NOW.plus(Duration.ofDays(365)));
  }

  private static IssuedCertificate check(byte[] pem) {
    return IssuedCertificate.check(pem, KEY, SUBJECT, bundle(AUTHORITY), NOW);
  }

  private static void refuses(byte[] pem, String fault) {
    var refusal = catchThrowableOfType(CredentialException.class, () -> check(pem));
    assertThat(refusal).hasMessageContaining("could not accept the issued certificate: " + fault);
  }

  private static void refusesToRead(byte[] pem) {
    var refusal = catchThrowableOfType(CredentialException.class, () -> check(pem));
    assertThat(refusal).hasMessageStartingWith("could not read the issued certificate: ");
  }

  private static CaBundle bundle(TestingAuthority... authorities) {
    var pem = new ByteArrayOutputStream();
    for (TestingAuthority authority : authorities) {
      pem.writeBytes(authority.certificate());
    }
    return CaBundle.parse(pem.toByteArray());
  }
}
