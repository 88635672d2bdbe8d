package dev.sieve.spark.task;

import dev.sieve.spark.store.ResultFiles;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.spark.store.Storage;
import dev.sieve.training.CheckpointStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints as files in the study's folder among the results, written and read by tasks on
 * executors and removed by the driver: what pauses at a rung, and what was kept within a stage.
 *
 * <pre>
 * DIR/studies/STUDY/checkpoints/PHASE-LEVEL-CONFIGURATION-rREPLICATE-rungRUNG-FINGERPRINT
 * DIR/studies/STUDY/checkpoints/PHASE-LEVEL-CONFIGURATION-rREPLICATE-rungRUNG-progress-FINGERPRINT
 * </pre>
 *
 * <p>The data set's fingerprint is in the name, since nothing else in a checkpoint tells of it.
 */
public final class CheckpointFolder implements CheckpointStore, Serializable {
  private static final long serialVersionUID = 1;

  private static final String PROGRESS = "progress-";

  private final String dir;
  private final String fingerprint;

  /** Hadoop's settings on the driver that are not its defaults. */
  private final TreeMap<String, String> hadoop = new TreeMap<>();

  private transient @Nullable ResultFiles files;

  /**
   * @param hadoop the driver's settings
   * @param resultsDir the results, as {@link ResultsDir#resolve} takes it
   */
  public CheckpointFolder(Configuration hadoop, String resultsDir, String fingerprint) {
    this.dir = ResultsDir.resolve(resultsDir);
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
    return folder(key.study()) + "/" + name(key) + fingerprint;
  }

  private String progressPath(TrialKey key) {
    return folder(key.study()) + "/" + progressName(key);
  }

  private String progressName(TrialKey key) {
    return name(key) + PROGRESS + fingerprint;
  }

  private static String name(TrialKey key) {
    return String.format(
        Locale.ROOT,
        "%s%s-r%s-rung%s-",
        prefix(key.phase(), key.level()),
        key.configuration(),
        key.replicate(),
        key.rung());
  }

  private static String prefix(Phase phase, int level) {
    return String.format(Locale.ROOT, "%s-%s-", phase.label(), level);
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

  @Override
  public byte @Nullable [] readProgress(TrialKey key) throws IOException {
    return files().read(progressPath(key));
  }

  @Override
  public void writeProgress(TrialKey key, byte[] content) throws IOException {
    try {
      // Forced to the disk it would take several times as long; torn by a power cut it is noticed.
      files().replaceUnforced(progressPath(key), content);
    } catch (Storage.StepFailedException e) {
      // Every group meets a disk that is full: it is told once.
      throw new IOException(e.reason(), e);
    }
  }

  /**
   * The beginnings of what was kept of trials within their stages, where there is something.
   *
   * @param keys of one study
   */
  Map<TrialKey, byte[]> progressHeads(Collection<TrialKey> keys, int bytes) throws IOException {
    Map<TrialKey, byte[]> heads = new HashMap<>();
    Set<String> there = null;
    for (TrialKey key : keys) {
      if (there == null) {
        there = new HashSet<>(progressNames(key.study()));
      }
      byte[] head =
          there.contains(progressName(key)) ? files().head(progressPath(key), bytes) : null;
      if (head != null) {
        heads.put(key, head);
      }
    }
    return heads;
  }

  private List<String> progressNames(String study) throws IOException {
    return files().list(folder(study)).stream()
        .map(ResultFiles.Entry::name)
        .filter(name -> name.contains("-" + PROGRESS))
        .toList();
  }

  /** Removes what was kept of a trial within its stage, if there is something. */
  void removeProgress(TrialKey key) throws IOException {
    files().delete(progressPath(key));
  }

  /**
   * The same for many trials, in one look at the folder.
   *
   * @param keys of one study
   */
  void removeProgress(Collection<TrialKey> keys) throws IOException {
    if (keys.isEmpty()) {
      return;
    }
    String study = keys.iterator().next().study();
    Set<String> go = new HashSet<>();
    keys.forEach(key -> go.add(progressName(key)));
    for (String name : progressNames(study)) {
      if (go.contains(name)) {
        files().delete(folder(study) + "/" + name);
      }
    }
  }

  /** Removes all that was kept within stages of a phase, of whatever data set, but of some. */
  void removeProgressBut(String study, Phase phase, int level, Collection<TrialKey> keys)
      throws IOException {
    Set<String> stay = new HashSet<>();
    keys.forEach(key -> stay.add(progressName(key)));
    for (String name : progressNames(study)) {
      if (name.startsWith(prefix(phase, level)) && !stay.contains(name)) {
        files().delete(folder(study) + "/" + name);
      }
    }
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
