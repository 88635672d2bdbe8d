package dev.sieve.config;

import dev.sieve.data.DataSource;
import dev.sieve.search.CoarseSpec;
import dev.sieve.search.FinalSpec;
import dev.sieve.search.FineSpec;
import dev.sieve.search.SearchSettings;
import dev.sieve.search.SettingsResolver;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A study's file with its overrides, read and checked. */
public final class Experiment implements SettingsResolver {
  /**
   * Reads a file over the defaults and overrides over the file.
   *
   * @param file HOCON, or null for the defaults alone
   * @param overrides {@code path=value}; a value is HOCON if it parses, else the text itself
   * @throws dev.sieve.error.UserException with every problem, a line each: rule, value, file and
   *     line, nearest known key
   */
  public static Experiment load(@Nullable Path file, List<String> overrides) {
    throw new UnsupportedOperationException();
  }

  /** The study's name, with the data set's name as a suffix where the source is {@code auto}. */
  public String study() {
    throw new UnsupportedOperationException();
  }

  public long seed() {
    throw new UnsupportedOperationException();
  }

  public DataSource data() {
    throw new UnsupportedOperationException();
  }

  /** {@code engine.type}. */
  public String engineType() {
    throw new UnsupportedOperationException();
  }

  /** {@code results.dir}: a local path or any Hadoop URI. */
  public String resultsDir() {
    throw new UnsupportedOperationException();
  }

  public SearchSettings search() {
    throw new UnsupportedOperationException();
  }

  public @Nullable CoarseSpec coarse() {
    throw new UnsupportedOperationException();
  }

  public @Nullable FineSpec fine() {
    throw new UnsupportedOperationException();
  }

  public @Nullable FinalSpec last() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TrialSettings resolve(Phase phase, Configuration configuration) {
    throw new UnsupportedOperationException();
  }

  /** The effective configuration as HOCON text. */
  public String text() {
    throw new UnsupportedOperationException();
  }
}
