import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/** Puts the certificates of a PEM file into the trust store of a JDK. */
class TrustStore {
  public static void main(String[] arguments) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    try (var in = new FileInputStream(arguments[0])) {
      int count = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + count++, certificate);
      }
    }
    try (var out = new FileOutputStream(arguments[1])) {
      store.store(out, "changeit".toCharArray());
    }
  }
}
