package dev.sieve.spark;

import dev.sieve.training.CheckpointStore;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints as files in the study's folder among the results, written and read by tasks on
 * executors and removed by the driver.
 *
 * <pre>
 * DIR/studies/STUDY/checkpoints/PHASE-LEVEL-CONFIGURATION-rREPLICATE-rungRUNG-FINGERPRINT
 * </pre>
 *
 * <p>The data set's fingerprint is in the name, since nothing else in a checkpoint tells of it.
 */
final class CheckpointFolder implements CheckpointStore, Serializable {
  private static final long serialVersionUID = 1;

  private final String dir;
  private final String fingerprint;

  /** Hadoop's settings on the driver that are not its defaults. */
  private final TreeMap<String, String> hadoop = new TreeMap<>();

  private transient @Nullable ResultFiles files;

  /**
   * @param hadoop the driver's settings
   * @param resultsDir the results, as {@link ResultFiles#resolve} takes it
   */
  CheckpointFolder(Configuration hadoop, String resultsDir, String fingerprint) {
    this.dir = ResultFiles.resolve(resultsDir);
    this.fingerprint = fingerprint;
    for (Map.Entry<String, String> setting : hadoop) {
      if (!isDefault(hadoop, setting.getKey())) {
        this.hadoop.put(setting.getKey(), setting.getValue());
      }
    }
  }

  /** Defaults are in Hadoop's own jars, which executors have too: over a thousand settings. */
  private static boolean isDefault(Configuration hadoop, String name) {
    String[] sources = hadoop.getPropertySources(name);
    return sources != null && sources.length == 1 && sources[0].endsWith("-default.xml");
  }

  private ResultFiles files() throws IOException {
    ResultFiles opened = files;
    if (opened == null) {
      Configuration settings = new Configuration();
      hadoop.forEach(settings::set);
      opened = new ResultFiles(settings, dir);
      files = opened;
    }
    return opened;
  }

  private String path(TrialKey key) {
    return "%s/%s-%s-%s-r%s-rung%s-%s"
        .formatted(
            folder(key.study()),
            key.phase().label(),
            key.level(),
            key.configuration(),
            key.replicate(),
            key.rung(),
            fingerprint);
  }

  private static String folder(String study) {
    return "studies/" + study + "/checkpoints";
  }

  @Override
  public byte @Nullable [] read(TrialKey key) throws IOException {
    return files().read(path(key));
  }

  @Override
  public void write(TrialKey key, byte[] content) throws IOException {
    files().replace(path(key), content);
  }

  /** Removes a checkpoint, if there is one. */
  void remove(TrialKey key) throws IOException {
    files().delete(path(key));
  }

  /** Where a study's checkpoints are, for messages. */
  String where(String study) {
    return dir + "/" + folder(study);
  }

  /** An empty file among a study's checkpoints. */
  void writeMark(String study, String name) throws IOException {
    files().writeOnce(folder(study) + "/" + name, new byte[0]);
  }

  boolean seesMark(String study, String name) throws IOException {
    return files().exists(folder(study) + "/" + name);
  }

  void removeMark(String study, String name) throws IOException {
    files().delete(folder(study) + "/" + name);
  }
}
