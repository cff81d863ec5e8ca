package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.net.URI;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The section {@code kubeconfig}. */
final class KubeconfigSection {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Pattern PROXY = Pattern.compile("(https?|socks5)://[A-Za-z0-9.:\\[\\]-]+/?");

  private final ConfigReader section;

  KubeconfigSection(ConfigReader section) {
    this.section = section;
  }

  KubeconfigPolicy policy() {
    return new KubeconfigPolicy(
        section.value("name", Forms::notBlank).orElse("toolforge"),
        section.value("tlsServerName", KubeconfigSection::host),
        section.value("proxyUrl", KubeconfigSection::proxy),
        new TreeMap<>(section.valuesByName("servers", Forms::httpsUrl)),
        section.bool("embedCredentials", false));
  }

  /** An empty one takes back what was written before. */
  private static String host(String text) {
    return Forms.checked(
        text, text.isEmpty() || HOST.matcher(text).matches(), "is not the name of a host");
  }

  private static String proxy(String text) {
    return Forms.checked(
        text,
        text.isEmpty() || isProxy(text),
        "is not a URL like http://HOST:PORT, https:// or socks5://");
  }

  private static boolean isProxy(String text) {
    try {
      return PROXY.matcher(text).matches() && URI.create(text).getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
