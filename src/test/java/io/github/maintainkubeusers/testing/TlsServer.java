package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Shows a certificate to whoever connects, and says nothing else. */
public final class TlsServer implements AutoCloseable {
  private static final String PASSWORD = "test";

  private final SSLServerSocket listener;

  private TlsServer(SSLServerSocket listener) {
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * Starts on a loopback address.
   *
   * @param name of the files with key and certificate, {@code NAME.key} and {@code NAME.crt}
   * @param demanding whether it talks to nobody without a client certificate
   */
  public static TlsServer start(String address, Path folder, String name, boolean demanding) {
    try {
      Path file = folder.resolve(name + ".p12");
      TestKeystore.write(
          file, PASSWORD, folder.resolve(name + ".key"), folder.resolve(name + ".crt"));
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      var listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getByName(address));
      listener.setNeedClientAuth(demanding);
      return new TlsServer(listener);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not start a TLS server", e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = (SSLSocket) listener.accept();
        Thread.ofVirtual().start(() -> greet(socket));
      } catch (IOException _) {
        // The server is closed.
      }
    }
  }

  private static void greet(SSLSocket client) {
    try (client) {
      client.setSoTimeout(5000);
      client.startHandshake();
    } catch (IOException _) {
      // The client has seen what it wanted.
    }
  }
}
