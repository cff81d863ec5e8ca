package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object of every tool, with placeholders.
 *
 * @param name of the object in the cluster
 * @param metadata labels and annotations
 * @param content the rest of the manifest, without apiVersion and kind
 * @param fingerprint of the content, when it is the same for all tools
 */
record Template(
    ManagedObject object,
    String name,
    Map<String, Object> metadata,
    Map<String, Object> content,
    Optional<String> fingerprint) {
  /**
   * @throws io.github.maintainkubeusers.plan.InvalidContentException when an amount in it is none
   */
  static Template of(
      ManagedObject object,
      String name,
      Map<String, Object> metadata,
      Map<String, Object> content) {
    String fingerprint = Content.fingerprint(object.kind(), content);
    return new Template(
        object,
        name,
        labelled(object, metadata),
        content,
        Placeholders.isIn(content) ? Optional.empty() : Optional.of(fingerprint));
  }

  Template with(Map<String, Object> changed) {
    return of(object, name, metadata, changed);
  }

  DesiredObject fill(AccountId tool) {
    Map<String, String> values = Placeholders.of(tool);
    String filledName = Placeholders.fill(name, values);
    Map<String, Object> filledMetadata = Placeholders.fill(metadata, values);
    return fingerprint
        .map(known -> new DesiredObject(object, filledName, filledMetadata, content, known))
        .orElseGet(
            () ->
                new DesiredObject(
                    object, filledName, filledMetadata, Placeholders.fill(content, values)));
  }

  private static Map<String, Object> labelled(ManagedObject object, Map<String, Object> metadata) {
    var labels = new LinkedHashMap<String, Object>();
    if (metadata.get("labels") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> labels.put((String) key, value));
    }
    labels.put(ManagedObject.TEMPLATE_LABEL, object.name());
    var labelled = new LinkedHashMap<>(metadata);
    labelled.put("labels", labels);
    return labelled;
  }
}
