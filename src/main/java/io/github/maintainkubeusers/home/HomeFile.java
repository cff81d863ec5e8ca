package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.AccountKind;

/** The files that stand in a home for this program, each in a folder directly below the home. */
public enum HomeFile {
  KUBECONFIG(".kube", "config", 0600),
  TOOL_CERTIFICATE(".toolskube", "client.crt", 0400),
  TOOL_KEY(".toolskube", "client.key", 0400),
  ADMIN_CERTIFICATE(".admkube", "client.crt", 0400),
  ADMIN_KEY(".admkube", "client.key", 0400);

  private final String folder;
  private final String fileName;
  private final int mode;

  HomeFile(String folder, String fileName, int mode) {
    this.folder = folder;
    this.fileName = fileName;
    this.mode = mode;
  }

  /** The certificate of accounts of a kind. */
  public static HomeFile certificate(AccountKind kind) {
    return switch (kind) {
      case TOOL -> TOOL_CERTIFICATE;
      case ADMIN -> ADMIN_CERTIFICATE;
      case SERVICE -> throw noHome();
    };
  }

  /** The private key of accounts of a kind. */
  public static HomeFile key(AccountKind kind) {
    return switch (kind) {
      case TOOL -> TOOL_KEY;
      case ADMIN -> ADMIN_KEY;
      case SERVICE -> throw noHome();
    };
  }

  private static IllegalArgumentException noHome() {
    return new IllegalArgumentException("services have no homes");
  }

  public String folder() {
    return folder;
  }

  public String fileName() {
    return fileName;
  }

  /** Permission bits. */
  public int mode() {
    return mode;
  }

  /** As a person would name it, relative to the home: {@code .kube/config}. */
  @Override
  public String toString() {
    return folder + "/" + fileName;
  }
}
