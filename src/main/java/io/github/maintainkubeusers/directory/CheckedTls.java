package io.github.maintainkubeusers.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets as the library does not make them. They check the server's name by the JDK's rules
 * (the library's take any loopback address for another), and they wait for each part of a handshake
 * only so long (a server that says nothing would otherwise hold two threads for ever).
 */
final class CheckedTls extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final int timeoutMillis;

  CheckedTls(SSLSocketFactory sockets, int timeoutMillis) {
    this.sockets = sockets;
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public Socket createSocket() throws IOException {
    return checked(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return checked(sockets.createSocket(plain, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checked(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return checked(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  private Socket checked(Socket socket) throws SocketException {
    socket.setSoTimeout(timeoutMillis);
    var tls = (SSLSocket) socket;
    tls.addHandshakeCompletedListener(CheckedTls::unlimited);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("LDAPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static void unlimited(HandshakeCompletedEvent done) {
    try {
      done.getSocket().setSoTimeout(0);
    } catch (SocketException _) {
      // It is closed: nobody reads from it any more.
      return;
    }
  }
}
