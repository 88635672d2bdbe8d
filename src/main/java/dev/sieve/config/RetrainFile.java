package dev.sieve.config;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A study's file that trains one stored trial again and nothing else. Seeds follow from the study's
 * seed and the replicate, never from the phase, so that a final training of the same settings is
 * the same training, bit for bit.
 */
public final class RetrainFile {
  private RetrainFile() {}

  /**
   * @param effective the effective configuration that the trial's phase ran with, {@link
   *     Experiment#text()}
   * @param settings the trial's settings by path
   * @param name the new study's name
   * @param data the data set's name, in place of a source that may find another one
   * @param replicate of the trial; those before it are trained too
   */
  public static String text(
      String effective, Map<String, String> settings, String name, String data, int replicate) {
    StringBuilder text = new StringBuilder();
    line(text, "study.name", '"' + name + '"');
    line(text, "data.source", data);
    text.append(
        effective
            .lines()
            .filter(RetrainFile::holds)
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
    settings.forEach((path, value) -> line(text, path, value));
    line(text, "final.values", "{}");
    line(text, "final.replicates", Integer.toString(replicate + 1));
    return text.toString();
  }

  /** What is the study's own and no setting of a trial; the results go into the same folder. */
  private static boolean holds(String line) {
    return line.startsWith("study.seed ")
        || line.startsWith("data.path ")
        || line.startsWith("engine.")
        || line.startsWith("results.");
  }

  private static void line(StringBuilder text, String path, String value) {
    text.append(path).append(" = ").append(value).append('\n');
  }
}
