package dev.sieve.app.text;

import dev.sieve.error.UserException;
import dev.sieve.report.LeaderboardText;
import dev.sieve.report.Numbers;
import dev.sieve.report.Sparkline;
import dev.sieve.report.TextTable;
import dev.sieve.report.TextTable.Align;
import dev.sieve.spark.sql.Queries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** One trial as the tables have it, as text. */
public final class TrialText {
  private static final int CURVE_WIDTH = 40;

  /** Columns that say how a result came about, beside {@code run_*}. */
  private static final List<String> ORIGIN =
      List.of(
          "seed",
          "data_name",
          "data_fingerprint",
          "engine",
          "numerics",
          "plan",
          "model",
          "model_checksum");

  private final SparkSession spark;
  private final LeaderboardChoice.Board board;
  private final Row row;
  private final List<Row> curve;

  /**
   * @throws UserException if there is no such trial
   */
  public TrialText(SparkSession spark, LeaderboardChoice.Board board, int number) {
    this.spark = spark;
    this.board = board;
    List<Row> found =
        Queries.rows(
            spark,
            "SELECT * FROM trials WHERE %s AND trial = %s".formatted(board.condition(), number));
    if (found.isEmpty()) {
      Row range =
          Queries.rows(
                  spark, "SELECT min(trial), max(trial) FROM trials WHERE " + board.condition())
              .get(0);
      throw new UserException(
          "the trial must be one of %s of study %s%s, but got %s"
              .formatted(
                  board.name(),
                  board.study(),
                  range.isNullAt(0)
                      ? ", which has none"
                      : " (%s … %s)".formatted(range.getInt(0), range.getInt(1)),
                  number));
    }
    this.row = found.get(0);
    this.curve =
        Queries.rows(
            spark,
            "SELECT * FROM epochs WHERE %s AND configuration = '%s' AND replicate = %s ORDER BY step"
                .formatted(
                    board.condition(),
                    row.getAs("configuration"),
                    row.<Integer>getAs("replicate")));
  }

  public Row row() {
    return row;
  }

  public List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "study %s  %s  trial %s  %s%s"
            .formatted(
                board.study(),
                board.name(),
                row.<Integer>getAs("trial"),
                row.<String>getAs("status"),
                rank()));
    lines.add(
        "configuration %s  replicate %s  %s"
            .formatted(row.getAs("configuration"), row.<Integer>getAs("replicate"), axes()));
    error(lines);
    lines.add("");
    figures(lines, width);
    curves(lines);
    lines.add("");
    lines.add("settings");
    new TreeMap<>(row.<String, String>getJavaMap(row.fieldIndex("settings")))
        .forEach((path, value) -> lines.add("  %-36s %s".formatted(path, value)));
    lines.add("");
    lines.add("where it comes from");
    List<String> origin = new ArrayList<>(ORIGIN);
    Arrays.stream(row.schema().fieldNames())
        .filter(name -> name.startsWith("run_"))
        .forEach(origin::add);
    for (String name : origin) {
      Object value = row.getAs(name);
      if (value != null) {
        lines.add("  %-36s %s".formatted(name, value));
      }
    }
    return lines;
  }

  private String rank() {
    List<Row> ranks =
        Queries.rows(
            spark,
            "SELECT rank, status, replicates, validation_accuracy FROM leaderboard WHERE %s AND configuration = '%s'"
                .formatted(board.condition(), row.getAs("configuration")));
    if (ranks.isEmpty()) {
      return "";
    }
    Row found = ranks.get(0);
    String mark = LeaderboardText.mark(found.getInt(0), found.getString(1));
    return "  rank %s%s (%s over %s replicates)"
        .formatted(
            found.getInt(0),
            mark.isEmpty() ? "" : " " + mark,
            Numbers.percent(found.isNullAt(3) ? null : found.getDouble(3)),
            found.getInt(2));
  }

  private String axes() {
    Map<String, String> texts = new TreeMap<>();
    for (String name : List.of("lambda", "eta", "sigma")) {
      Double value = row.getAs(name);
      if (value != null) {
        texts.put(name, name + " " + Numbers.brief(value));
      }
    }
    return texts.values().stream().collect(Collectors.joining("  "));
  }

  private void error(List<String> lines) {
    Integer epoch = row.getAs("diverged_epoch");
    if (epoch != null) {
      lines.add("NaN or infinity in epoch " + epoch);
    }
    String error = row.getAs("error");
    if (error != null) {
      lines.add("");
      error.lines().forEach(lines::add);
    }
  }

  private void figures(List<String> lines, int width) {
    Row before =
        curve.stream().filter(e -> e.<Integer>getAs("epoch") == 0).findFirst().orElse(null);
    TextTable table =
        new TextTable()
            .column("", Align.LEFT)
            .column("", Align.LEFT)
            .column("untrained", Align.RIGHT)
            .column("trained", Align.RIGHT);
    for (String set : List.of("train", "validation", "test")) {
      for (String figure : List.of("accuracy", "loss", "cost")) {
        String column = set + "_" + figure;
        Double untrained = before == null ? null : before.getAs(column);
        Double trained = row.getAs(column);
        if (untrained != null || trained != null) {
          table.row(set, figure, text(figure, untrained), text(figure, trained));
        }
      }
    }
    lines.addAll(table.lines(width));
  }

  private static String text(String figure, @Nullable Double value) {
    if (figure.equals("accuracy") || value == null) {
      return Numbers.percent(value);
    }
    return Numbers.brief(value);
  }

  private void curves(List<String> lines) {
    if (curve.size() < 2) {
      return;
    }
    lines.add("");
    lines.add("curves, %s rows up to epoch %s".formatted(curve.size(), lastEpoch()));
    for (String column :
        List.of(
            "train_accuracy",
            "validation_accuracy",
            "test_accuracy",
            "train_loss",
            "validation_loss",
            "train_cost",
            "validation_cost",
            "eta")) {
      List<@Nullable Double> values = new ArrayList<>();
      for (Row point : curve) {
        values.add(point.getAs(column));
      }
      List<Double> known = new ArrayList<>();
      for (Double value : values) {
        if (value != null) {
          known.add(value);
        }
      }
      if (!known.isEmpty()) {
        lines.add(
            "  %-20s %s  %s … %s"
                .formatted(
                    column,
                    Sparkline.of(values, CURVE_WIDTH),
                    Numbers.brief(known.get(0)),
                    Numbers.brief(known.get(known.size() - 1))));
      }
    }
    Integer best = row.getAs("best_epoch");
    if (best != null) {
      lines.add(
          "  best validation accuracy %s in epoch %s"
              .formatted(Numbers.percent(row.getAs("best_validation_accuracy")), best));
    }
  }

  private int lastEpoch() {
    return curve.get(curve.size() - 1).<Integer>getAs("epoch");
  }
}
