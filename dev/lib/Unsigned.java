import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signatures out of the jars of a folder. The JVM checks the signature of a signed jar with
 * each start, and keeps none of its classes in a start-up cache; Maven has checked what it fetched.
 */
class Unsigned {
  private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|DSA|RSA|EC)";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
      boolean signed;
      try (var in = new ZipFile(jar.toFile())) {
        signed = in.stream().anyMatch(entry -> entry.getName().matches(SIGNATURE));
      }
      if (signed) {
        strip(jar);
      }
    }
  }

  private static void strip(Path jar) throws IOException {
    Path unsigned = jar.resolveSibling(jar.getFileName() + ".new");
    try (var in = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(unsigned))) {
      for (ZipEntry entry : in.stream().toList()) {
        if (entry.getName().matches(SIGNATURE)) {
          continue;
        }
        byte[] content = in.getInputStream(entry).readAllBytes();
        var kept = new ZipEntry(entry.getName());
        kept.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(kept);
        out.write(entry.getName().equals(MANIFEST) ? withoutDigests(content) : content);
        out.closeEntry();
      }
    }
    Files.setLastModifiedTime(unsigned, Files.getLastModifiedTime(jar));
    Files.move(unsigned, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Sections that say more than a digest, such as that a package is sealed, stay. */
  private static byte[] withoutDigests(byte[] content) throws IOException {
    var manifest = new Manifest(new ByteArrayInputStream(content));
    for (Attributes section : manifest.getEntries().values()) {
      section.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    }
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    var out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }
}
