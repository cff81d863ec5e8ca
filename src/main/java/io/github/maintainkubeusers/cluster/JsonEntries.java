package io.github.maintainkubeusers.cluster;

import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.github.maintainkubeusers.kube.Resource;
import java.util.Map;

/** Names and texts as a JSON object in one text, which anybody may have edited. */
final class JsonEntries {
  private static final TypeToken<Map<String, String>> ENTRIES = new TypeToken<>() {};

  private JsonEntries() {}

  /**
   * @throws JsonParseException when it is anything else
   */
  static Map<String, String> read(String text) {
    Map<String, String> entries = Resource.JSON.fromJson(text, ENTRIES);
    if (entries == null || entries.containsValue(null)) {
      throw new JsonParseException("there is no text where one should be");
    }
    return entries;
  }

  static String write(Map<String, String> entries) {
    return Resource.JSON.toJson(entries);
  }
}
