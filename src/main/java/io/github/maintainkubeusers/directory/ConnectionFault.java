package io.github.maintainkubeusers.directory;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why there is no connection, and what to set where that helps. */
final class ConnectionFault {
  private static final String CLOCK = " by this machine's clock";

  private ConnectionFault() {}

  /**
   * @param root the cause of all causes
   */
  static String words(Throwable root) {
    return switch (root) {
      case CertPathBuilderException _, CertPathValidatorException _ ->
          "no CA that is trusted has signed the server's certificate; directory.trustedCa is to be"
              + " the file of the CA that has";
      case CertificateExpiredException _ ->
          "the server's certificate, or its CA's, has ended" + CLOCK;
      case CertificateNotYetValidException _ ->
          "the server's certificate, or its CA's, is not valid yet" + CLOCK;
      case CertificateException _ ->
          "the server's certificate is for another name; write the server's URL with a name that"
              + " stands in it";
      case SSLHandshakeException _ ->
          "the server refuses the TLS that this program speaks, 1.2 and 1.3";
      case SSLException _ ->
          "what answers speaks no TLS; an ldap:// URL with 'startTls: true' may be meant, or"
              + " another port";
      case UnknownHostException _ -> "the name of the server cannot be resolved";
      case NoRouteToHostException _ -> "there is no way to the server";
      case ConnectException _ -> "nothing listens there, or a firewall refuses";
      case SocketException _, EOFException _ -> "the connection was closed";
      default -> root.getClass().getSimpleName();
    };
  }
}
