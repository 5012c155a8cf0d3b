package dev.mallard.generator.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A task with a good answer, shown to a model before its own task (few-shot prompting; Brown et
 * al., arXiv 2005.14165). In a resource file each part of an example follows a line such as {@code
 * === program}, and the part {@code problem} begins an example.
 *
 * @param parts what stands in the places of the task's template, and the answer, by name
 */
public record WorkedExample(Map<String, String> parts) {
  private static final Pattern MARK = Pattern.compile("(?m)^=== ");
  private static final String FIRST = "problem";

  public WorkedExample {
    parts = Map.copyOf(parts);
  }

  /** Those of the resource beside a class; none if there is no such resource. */
  public static List<WorkedExample> load(Class<?> owner, String resource) {
    if (owner.getResource(resource) == null) {
      return List.of();
    }
    List<WorkedExample> examples = new ArrayList<>();
    Map<String, String> parts = new HashMap<>();
    for (String part : MARK.split(PromptTemplate.load(owner, resource).text(), -1)) {
      int end = part.indexOf('\n');
      if (end <= 0) {
        continue;
      }
      String name = part.substring(0, end).strip();
      if (name.equals(FIRST) && !parts.isEmpty()) {
        examples.add(new WorkedExample(parts));
        parts.clear();
      }
      parts.put(name, part.substring(end).strip());
    }
    examples.add(new WorkedExample(parts));
    return examples;
  }

  /** A part of it; empty if it has none of that name. */
  public String part(String name) {
    return parts.getOrDefault(name, "");
  }
}
