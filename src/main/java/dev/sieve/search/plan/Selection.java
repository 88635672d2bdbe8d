package dev.sieve.search.plan;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a phase took from the one before it: the best that {@code fine} zoomed in on, or what {@code
 * final} trains.
 *
 * @param source where they come from: {@code coarse}, {@code fine level 1}, {@code final.values}
 * @param lines one each: trial, configuration's id, coordinates
 * @param sql the query that ranked them, of whose eligible rows the first were taken; empty where
 *     the file names them itself
 */
public record Selection(
    String source, List<Configuration> configurations, List<String> lines, String sql) {
  public Selection {
    configurations = List.copyOf(configurations);
    lines = List.copyOf(lines);
  }

  public static Selection ranked(
      String source, List<Axis> axes, List<LeaderboardRow> rows, String sql) {
    List<Configuration> configurations = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (LeaderboardRow row : rows) {
      Configuration configuration = Coordinates.read(axes, row.settings());
      requireId(row.configuration(), configuration);
      configurations.add(configuration);
      lines.add(line(source, row.trial(), axes, configuration));
    }
    return new Selection(source, configurations, lines, sql);
  }

  static Selection trial(String source, List<Axis> axes, TrialRow trial) {
    Configuration configuration = Coordinates.read(axes, trial.settings());
    requireId(trial.key().configuration(), configuration);
    String line = line(source, trial.ordinal(), axes, configuration);
    return new Selection(source, List.of(configuration), List.of(line), "");
  }

  static Selection explicit(String source, List<Axis> axes, Configuration configuration) {
    String line =
        "configuration %s: %s"
            .formatted(configuration.id(), Coordinates.brief(axes, configuration));
    return new Selection(source, List.of(configuration), List.of(line), "");
  }

  /** For people: the picks, and the query that ranked them. */
  public List<String> notes(String purpose) {
    List<String> notes = new ArrayList<>();
    lines.forEach(line -> notes.add(purpose + " " + line));
    if (!sql.isEmpty()) {
      notes.add("picked by the first rows with status 'done' of: " + sql);
    }
    return notes;
  }

  private static String line(
      String source, int trial, List<Axis> axes, Configuration configuration) {
    return "trial %s of %s, configuration %s: %s"
        .formatted(trial, source, configuration.id(), Coordinates.brief(axes, configuration));
  }

  /** A row read back must be the configuration that it was, or its results would change name. */
  private static void requireId(String id, Configuration configuration) {
    if (!configuration.id().equals(id)) {
      throw new IllegalStateException(
          "a row's settings must give its configuration %s, but give %s (%s)"
              .formatted(id, configuration.id(), configuration.values()));
    }
  }
}
