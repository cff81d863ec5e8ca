package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a server for its certificate. Nothing is sent to it but the beginning of a TLS connection,
 * and whatever it shows is taken, to be judged later.
 *
 * @param timeout for all of one look
 */
public record Handshake(Duration timeout) {
  private static final int MOST_ADDRESSES = 8;
  private static final int MOST_OF_AN_ANSWER = 4096;

  public Handshake {
    requireNonNull(timeout, "timeout is null");
  }

  /**
   * @throws HandshakeException when the name has none
   */
  public List<InetAddress> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).limit(MOST_ADDRESSES).toList();
    } catch (UnknownHostException e) {
      throw new HandshakeException("could not look at " + host + ": the name has no address", e);
    }
  }

  /** What is said before TLS begins. */
  public enum Prelude {
    NONE,
    LDAP_STARTTLS
  }

  /** The authorities that the JVM trusts. */
  public static List<ParsedCertificate> systemAuthorities() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
          .map(ParsedCertificate::of)
          .toList();
    } catch (GeneralSecurityException e) {
      throw new HandshakeException(
          "could not read the authorities that the JVM trusts: " + e.getMessage(), e);
    }
  }

  /**
   * The certificates that a server shows, its own first.
   *
   * @param host that it is called by
   * @throws HandshakeException when it shows none in time
   */
  public List<ParsedCertificate> certificates(InetAddress address, String host, int port) {
    return certificates(address, host, port, Prelude.NONE);
  }

  /** The same of a server that wants something to be said first. */
  public List<ParsedCertificate> certificates(
      InetAddress address, String host, int port, Prelude prelude) {
    var shown = new Shown();
    var done = new CountDownLatch(1);
    try (var plain = new Socket()) {
      Thread.ofVirtual().start(() -> closeAfterTimeout(plain, done));
      plain.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
      if (prelude == Prelude.LDAP_STARTTLS) {
        startTls(plain);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {shown}, null);
      try (var tls = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        tls.startHandshake();
      }
    } catch (IOException | GeneralSecurityException e) {
      // A server that wants a client certificate shows its own before it breaks off.
      if (shown.chain.get().isEmpty()) {
        throw new HandshakeException(
            "could not look at " + where(address, host, port) + ": " + reason(e), e);
      }
    } finally {
      done.countDown();
    }
    return shown.chain.get();
  }

  /** RFC 4511, section 4.14. What is refused here fails in the handshake. */
  private static void startTls(Socket socket) throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, (byte) 0x80, 0x16});
    out.writeBytes("1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(out.toByteArray());
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(2);
    if (head.length < 2) {
      throw new IOException("it ended the connection instead of starting TLS");
    }
    int length = head[1] & 0xff;
    // Longer than 127 bytes: so many bytes of length follow.
    int more = length < 0x80 ? 0 : length - 0x80;
    int size = more == 0 ? length : size(in.readNBytes(Math.min(more, 4)));
    int read = in.readNBytes(Math.min(size, MOST_OF_AN_ANSWER)).length;
    if (read < size) {
      throw new IOException("its answer to StartTLS is none");
    }
  }

  private static int size(byte[] bytes) {
    int size = 0;
    for (byte part : bytes) {
      size = Math.min(MOST_OF_AN_ANSWER + 1, (size << 8) + (part & 0xff));
    }
    return size;
  }

  private void closeAfterTimeout(Socket socket, CountDownLatch done) {
    try {
      if (!done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        socket.close();
      }
    } catch (IOException _) {
      // It is closed as far as it can be.
      return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("closed") || message.contains("timed out")
        ? "no TLS server answers there within " + timeout.toMillis() + " ms"
        : message;
  }

  private static String where(InetAddress address, String host, int port) {
    String literal = address.getHostAddress();
    return host + ":" + port + (literal.equals(host) ? "" : " (" + literal + ")");
  }

  /**
   * Takes down what the server shows. An extended one, because the JDK compares the chains of
   * others with its rules.
   */
  private static final class Shown extends X509ExtendedTrustManager {
    private final AtomicReference<List<ParsedCertificate>> chain = new AtomicReference<>(List.of());

    private void keep(X509Certificate[] certificates) {
      chain.set(
          Arrays.stream(certificates)
              .limit(ParsedCertificate.MOST)
              .map(ParsedCertificate::of)
              .toList());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket) {
      keep(certificates);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {
      keep(certificates);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type) {
      keep(certificates);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
