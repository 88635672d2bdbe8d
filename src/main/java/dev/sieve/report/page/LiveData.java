package dev.sieve.report.page;

import dev.sieve.search.results.StudySummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the live page is told when it asks. */
public final class LiveData {
  private LiveData() {}

  /**
   * JSON with the version of the tables, all studies in short and one whole.
   *
   * @param data of {@link PageData#json}, or null where no study is known
   */
  public static String json(String version, List<StudySummary> studies, @Nullable String data) {
    List<Object> lines = new ArrayList<>();
    for (StudySummary study : studies) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("study", study.study());
      line.put("phases", study.phases());
      line.put("trials", study.trials());
      line.put("validation", study.validationAccuracy());
      line.put("test", study.testAccuracy());
      line.put("last", study.lastStarted() == null ? null : study.lastStarted().toEpochMilli());
      lines.add(line);
    }
    return "{\"version\":%s,\"studies\":%s,\"data\":%s}"
        .formatted(Json.text(version), Json.text(lines), data);
  }
}
