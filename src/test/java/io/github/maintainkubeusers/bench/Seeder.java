package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import io.github.maintainkubeusers.testing.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Many provisioned tools in little time: one that the program has provisioned, and copies of all
 * that belongs to it, in cluster, home and directory. To the program they are as if it had made
 * them.
 */
final class Seeder {
  private static final int AT_ONCE = 24;
  private static final List<String> FILES =
      List.of(".toolskube/client.key", ".toolskube/client.crt", ".kube/config");

  private final Site site;
  private final Template template;
  private int seeded = 1;

  private Seeder(Site site, Template template) {
    this.site = site;
    this.template = template;
  }

  /** Stops the controllers of the cluster, which would make more work of each copy. */
  static Seeder prepare(Site site) {
    site.world().writeConfig("cluster: {requestsPerSecond: 0}");
    site.addTool(0);
    PassLog.Pass _ = new PassLog(site.world().run("--once")).only(1 + Site.ADMINS, 0);
    site.plane().stopControllerManager();
    return new Seeder(site, Template.of(site.api(), Site.name(0)));
  }

  /** Lets there be so many accounts in all. */
  void seed(int accounts) {
    int tools = accounts - Site.ADMINS;
    Progress.say("Laying out " + accounts + " provisioned accounts");
    SideBySide.each(seeded, tools, AT_ONCE, this::copy);
    site.addTools(seeded, tools);
    seeded = Math.max(seeded, tools);
  }

  private void copy(int number) {
    template
        .objects(Site.name(number), "tool-" + Site.name(number), Site.uid(number))
        .forEach(this::create);
    try {
      copyHome(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(String path, JsonObject object) {
    JsonObject _ = site.api().post(path.substring(0, path.lastIndexOf('/')), object);
  }

  private void copyHome(int number) throws IOException {
    Path home = site.home(number);
    for (Path folder :
        List.of(home, home.resolve("logs"), home.resolve(".kube"), home.resolve(".toolskube"))) {
      own(Files.createDirectory(folder), number);
    }
    for (String name : FILES) {
      Path original = site.home(0).resolve(name);
      String content = Files.readString(original).replace(Site.name(0), Site.name(number));
      Path copy = Files.write(home.resolve(name), content.getBytes(UTF_8));
      Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(original));
      own(copy, number);
    }
  }

  private static void own(Path path, int number) throws IOException {
    if (User.isRoot()) {
      Path _ = Files.setAttribute(path, "unix:uid", Site.uid(number));
      Path _ = Files.setAttribute(path, "unix:gid", Site.uid(number));
    }
    if (Files.isDirectory(path)) {
      Path _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxr-x"));
    }
  }
}
