package dev.sieve.report.page;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.space.SpaceText;
import dev.sieve.search.stats.Importance;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page shows of a study, as the JSON that its scripts read. */
public final class PageData {
  private final StudyHistory history;
  private final Surroundings around;
  private final List<PageAxis> axes;

  /**
   * What the tables do not hold.
   *
   * @param version of Sieve
   * @param results folder, absolute
   * @param classNames in the order of the labels; empty where they are not known
   * @param layer of the final network that {@link #finalTrial} names, or null
   * @param columns of the final network, where it learned from a table; or null
   */
  public record Surroundings(
      String version,
      String results,
      Instant generated,
      List<String> classNames,
      @Nullable FirstLayer layer,
      @Nullable ColumnWeights columns) {
    public Surroundings {
      classNames = List.copyOf(classNames);
    }
  }

  private PageData(StudyHistory history, Surroundings around) {
    this.history = history;
    this.around = around;
    this.axes = PageAxis.of(history.phases(), history.trials());
  }

  /** JSON that may stand inside a {@code <script>} as it is. */
  public static String json(StudyHistory history, Surroundings around) {
    return Json.text(new PageData(history, around).page());
  }

  /** The final network to look into: the best by validation accuracy, the first of equals. */
  public static @Nullable TrialRow finalTrial(StudyHistory history) {
    TrialRow best = null;
    double accuracy = Double.NEGATIVE_INFINITY;
    for (TrialRow trial : history.trials()) {
      Double own = trial.validationAccuracy();
      if (trial.key().phase() == Phase.FINAL
          && trial.result().status() == Status.DONE
          && own != null
          && own > accuracy) {
        best = trial;
        accuracy = own;
      }
    }
    return best;
  }

  private Map<String, @Nullable Object> page() {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("study", history.study());
    page.put("generated", around.generated().toString());
    page.put("axes", axes.stream().map(PageAxis::json).toList());
    page.put("phases", history.phases().stream().map(this::phase).toList());
    TrialColumns columns = new TrialColumns(history.trials(), axes);
    page.put("trials", columns.json());
    page.put("curves", columns.curves());
    List<TrialRow> rungs = history.halves() ? history.rungs() : List.of();
    page.put("rungs", rungs.stream().map(columns::rung).toList());
    page.put("boards", history.boards().stream().map(this::board).toList());
    page.put("pick", pick());
    page.put("importance", importance());
    page.put("final", finalNetwork());
    page.put("provenance", new Provenance(history, around).json());
    return page;
  }

  private Map<String, @Nullable Object> phase(PhaseRow record) {
    Map<String, @Nullable Object> phase = new LinkedHashMap<>();
    phase.put("name", name(record.phase(), record.level()));
    phase.put("phase", record.phase().label());
    phase.put("level", record.level());
    phase.put("state", record.state().name().toLowerCase(Locale.ROOT));
    phase.put("cut", record.cut());
    phase.put("planned", record.trials());
    phase.put("plan", record.plan());
    phase.put("text", record.text());
    phase.put("origin", record.box());
    phase.put("boxes", boxes(record));
    return phase;
  }

  /** Where a phase searched: its boxes by axis, coarse's whole space as one. */
  private List<Object> boxes(PhaseRow record) {
    List<Object> boxes = new ArrayList<>();
    if (record.phase() == Phase.COARSE) {
      Map<String, Object> box = new LinkedHashMap<>();
      SpaceText.axes(record.identity())
          .forEach(
              (path, stretch) -> {
                SpaceText.Stretch range = stretch == null ? searched(path) : stretch;
                if (range != null) {
                  box.put(path, new double[] {range.low(), range.high()});
                }
              });
      boxes.add(box);
    } else if (record.phase() == Phase.FINE) {
      for (SpaceText.TextBox one : SpaceText.boxes(record.box())) {
        Map<String, Object> box = new LinkedHashMap<>();
        one.stretches()
            .forEach((path, range) -> box.put(path, new double[] {range.low(), range.high()}));
        boxes.add(box);
      }
    }
    return boxes;
  }

  /** The range of a coarse axis of explicit values, which its identity leaves open. */
  private SpaceText.@Nullable Stretch searched(String path) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (PageAxis axis : axes) {
      for (TrialRow trial : history.trials()) {
        if (axis.path().equals(path)
            && trial.key().phase() == Phase.COARSE
            && axis.value(trial.settings()) instanceof Double value) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    return low < high ? new SpaceText.Stretch("values", low, high) : null;
  }

  private Map<String, @Nullable Object> board(StudyHistory.Board board) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name(board.phase(), board.level()));
    json.put("rows", board.rows().stream().map(this::ranked).toList());
    return json;
  }

  private Map<String, @Nullable Object> ranked(LeaderboardRow row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rank", row.rank());
    json.put("configuration", row.configuration());
    json.put("status", row.status());
    json.put("replicates", row.replicates());
    json.put("accuracy", row.validationAccuracy());
    json.put("error", row.standardError());
    json.put("trial", row.trial());
    List<@Nullable Object> values = new ArrayList<>();
    axes.forEach(axis -> values.add(axis.value(row.settings())));
    json.put("x", values);
    return json;
  }

  private @Nullable Object pick() {
    StudyHistory.Pick pick = history.pick();
    if (pick == null) {
      return null;
    }
    Map<String, @Nullable Object> json = ranked(pick.row());
    json.put("phase", name(pick.phase(), pick.level()));
    return json;
  }

  /** By phase and level: a fine phase's answer is about its boxes. */
  private List<Object> importance() {
    List<Object> all = new ArrayList<>();
    List<String> paths = axes.stream().map(PageAxis::path).toList();
    for (StudyHistory.Board board : history.boards()) {
      if (board.phase() == Phase.FINAL) {
        continue;
      }
      List<Importance.Sample> samples =
          history.trials().stream()
              .filter(t -> t.key().phase() == board.phase() && t.key().level() == board.level())
              .filter(t -> t.validationAccuracy() != null || isDiverged(t))
              .map(t -> new Importance.Sample(t.validationAccuracy(), positions(t)))
              .toList();
      Map<String, Double> shares = Importance.of(samples, paths);
      if (!shares.isEmpty()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name(board.phase(), board.level()));
        json.put("trials", samples.size());
        json.put("shares", shares);
        all.add(json);
      }
    }
    return all;
  }

  private static boolean isDiverged(TrialRow trial) {
    return trial.result().status() == Status.DIVERGED;
  }

  private Map<String, Object> positions(TrialRow trial) {
    Map<String, Object> positions = new LinkedHashMap<>();
    for (PageAxis axis : axes) {
      Object position = axis.position(trial.settings());
      if (position != null) {
        positions.put(axis.path(), position);
      }
    }
    return positions;
  }

  private @Nullable Object finalNetwork() {
    TrialRow trial = finalTrial(history);
    if (trial == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("trial", trial.ordinal());
    json.put("replicate", trial.key().replicate());
    json.put("configuration", trial.key().configuration());
    json.put("set", trial.result().test() == null ? "validation" : "test");
    json.put("model", trial.model());
    ConfusionMatrix confusion = trial.result().confusion();
    json.put("confusion", confusion == null ? null : confusion.counts());
    json.put("classes", classes(confusion));
    json.put("layer", around.layer() == null ? null : around.layer().json());
    json.put("columns", around.columns() == null ? null : around.columns().json());
    return json;
  }

  private List<String> classes(@Nullable ConfusionMatrix confusion) {
    int count = confusion == null ? 0 : confusion.counts().size();
    if (around.classNames().size() == count) {
      return around.classNames();
    }
    List<String> numbers = new ArrayList<>();
    for (int label = 0; label < count; label++) {
      numbers.add("class " + label);
    }
    return numbers;
  }

  /** {@code coarse}, {@code fine} for its first level, {@code fine 2}. */
  static String name(Phase phase, int level) {
    return level > 1 ? phase.label() + " " + level : phase.label();
  }
}
