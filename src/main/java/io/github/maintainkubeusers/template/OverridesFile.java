package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.plan.InvalidContentException;
import io.github.maintainkubeusers.yaml.ConfigReader;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file that says what single tools have differently. */
final class OverridesFile {
  private static final List<String> LIMITS =
      List.of("default", "defaultRequest", "max", "min", "maxLimitRequestRatio");

  private final Path file;
  private final Templates templates;
  private boolean found;

  OverridesFile(Path file, Templates templates) {
    this.file = file;
    this.templates = templates;
  }

  /** What one tool has instead, and for how long. */
  record Special(Variant variant, ToolOverride override) {}

  /**
   * A file that was never there says nothing.
   *
   * @throws ConfigurationException with all that is wrong in it, or when it is there no longer
   */
  synchronized Map<AccountId, Special> read() {
    ConfigReader reader = ConfigReader.of(file.toString(), content());
    var specials = new HashMap<AccountId, Special>();
    reader
        .mappingsByName("tools")
        .forEach(
            (name, section) ->
                special(name, section)
                    .ifPresent(special -> specials.put(AccountId.tool(name), special)));
    reader.finish();
    return specials;
  }

  private Optional<Special> special(String name, ConfigReader section) {
    section.require("owner", "reason");
    section.string("owner");
    section.string("reason");
    Optional<String> tier =
        section.value(
            "tier",
            text -> {
              if (templates.tier(text).isEmpty()) {
                throw new InvalidValueException(
                    InvalidValueException.quoted(text)
                        + " is not a tier, there are "
                        + templates.tierNames());
              }
              return text;
            });
    Map<String, String> quota = section.valuesByName("quota", text -> text);
    var limits = new LinkedHashMap<String, Map<String, String>>();
    ConfigReader limitsSection = section.mapping("limits");
    LIMITS.forEach(
        key -> {
          Map<String, String> amounts = limitsSection.valuesByName(key, text -> text);
          if (!amounts.isEmpty()) {
            limits.put(key, amounts);
          }
        });
    var override =
        new ToolOverride(tier, quota, limits, section.value("until", OverridesFile::moment));
    return applied(name, section, override);
  }

  private Optional<Special> applied(String name, ConfigReader section, ToolOverride override) {
    try {
      Object _ = AccountId.tool(name);
      Variant variant = override.tier().flatMap(templates::tier).orElseGet(templates::standard);
      return Optional.of(new Special(override.apply(variant), override));
    } catch (InvalidContentException e) {
      section.error(
          e.path().contains("hard") ? "quota" : "limits",
          e.path().getLast() + ": " + e.getMessage());
    } catch (InvalidValueException e) {
      section.error("owner", "the tool's name: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** A day begins at midnight UTC. */
  private static Instant moment(String text) {
    try {
      return text.length() > 10
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text)
              + " is not a day like 2027-06-30 or a time like 2027-06-30T12:00:00Z",
          e);
    }
  }

  /** One that vanishes is more likely a mistake than the end of everything that it said. */
  private byte[] content() {
    try {
      byte[] content = Files.readAllBytes(file);
      found = true;
      return content;
    } catch (NoSuchFileException e) {
      if (found) {
        var gone =
            new ConfigurationException(
                List.of(file + ": is missing; its last content stays in effect until a restart"));
        gone.initCause(e);
        throw gone;
      }
      return new byte[0];
    } catch (IOException e) {
      var exception = new ConfigurationException(List.of(file + ": could not be read: " + e));
      exception.initCause(e);
      throw exception;
    }
  }
}
