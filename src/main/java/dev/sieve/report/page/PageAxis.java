package dev.sieve.report.page;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.space.SpaceText;
import dev.sieve.search.space.SpaceText.Stretch;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An axis as the page draws it.
 *
 * @param low of all that was searched or planned; not a number for categories
 * @param categories in their order; empty for numbers
 */
record PageAxis(
    String path, String label, boolean log, double low, double high, List<String> categories) {
  /** Names that readers know, in the order in which they expect them. */
  private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

  static {
    SYMBOLS.put("training.lambda", "λ");
    SYMBOLS.put("training.schedule.eta", "η");
    SYMBOLS.put("network.init.sigma", "σ");
  }

  /**
   * The axes of the search: what a phase's identity names, and whatever else its trials differ in.
   */
  static List<PageAxis> of(List<PhaseRow> phases, List<TrialRow> trials) {
    Map<String, List<Stretch>> found = new TreeMap<>();
    for (PhaseRow phase : phases) {
      if (phase.phase() != Phase.FINAL) {
        SpaceText.axes(phase.identity()).forEach((path, stretch) -> add(found, path, stretch));
        for (SpaceText.TextBox box : SpaceText.boxes(phase.box())) {
          box.stretches().forEach((path, stretch) -> add(found, path, stretch));
        }
      }
    }
    differing(trials).forEach(path -> add(found, path, null));
    Set<String> paths = new LinkedHashSet<>(SYMBOLS.keySet());
    paths.retainAll(found.keySet());
    paths.addAll(found.keySet());
    List<PageAxis> axes = new ArrayList<>();
    for (String path : paths) {
      PageAxis axis = axis(path, found.getOrDefault(path, List.of()), trials);
      if (axis != null) {
        axes.add(axis);
      }
    }
    return axes;
  }

  private static void add(Map<String, List<Stretch>> found, String path, @Nullable Stretch one) {
    List<Stretch> stretches = found.computeIfAbsent(path, p -> new ArrayList<>());
    if (one != null) {
      stretches.add(one);
    }
  }

  /** Paths of settings that trials of one search phase differ in. */
  private static Set<String> differing(List<TrialRow> trials) {
    Map<String, Map<String, String>> first = new TreeMap<>();
    Set<String> differing = new TreeSet<>();
    for (TrialRow trial : trials) {
      if (trial.key().phase() == Phase.FINAL) {
        continue;
      }
      String phase = trial.key().phase() + " " + trial.key().level();
      Map<String, String> values = first.computeIfAbsent(phase, p -> new TreeMap<>());
      trial
          .settings()
          .forEach(
              (path, value) -> {
                if (!values.computeIfAbsent(path, p -> value).equals(value)) {
                  differing.add(path);
                }
              });
    }
    return differing;
  }

  private static @Nullable PageAxis axis(
      String path, List<Stretch> stretches, List<TrialRow> trials) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    Set<String> words = new LinkedHashSet<>();
    boolean numeric = true;
    boolean log = false;
    for (Stretch stretch : stretches) {
      low = Math.min(low, stretch.low());
      high = Math.max(high, stretch.high());
      log |= stretch.scale().equals("log10");
    }
    for (TrialRow trial : trials) {
      String text = trial.key().phase() == Phase.FINAL ? null : trial.settings().get(path);
      if (text != null) {
        Double number = number(text);
        numeric &= number != null;
        low = number == null ? low : Math.min(low, number);
        high = number == null ? high : Math.max(high, number);
        words.add(text);
      }
    }
    String label = SYMBOLS.getOrDefault(path, path.substring(path.lastIndexOf('.') + 1));
    if (!numeric) {
      return new PageAxis(
          path, label, false, Double.NaN, Double.NaN, words.stream().sorted().toList());
    }
    if (!(low < high)) {
      return null; // nothing was searched along it
    }
    return new PageAxis(path, label, low > 0 && (log || high / low >= 10), low, high, List.of());
  }

  boolean numeric() {
    return categories.isEmpty();
  }

  /** A trial's coordinate: a number, a category's text, or null where it has none. */
  @Nullable Object value(Map<String, String> settings) {
    String text = settings.get(path);
    return text == null || !numeric() ? text : number(text);
  }

  /** The same as a share of the axis on its own scale, for numbers. */
  @Nullable Object position(Map<String, String> settings) {
    Object value = value(settings);
    if (!(value instanceof Double number)) {
      return value;
    }
    return log
        ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (number - low) / (high - low);
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", path);
    json.put("label", label);
    json.put("log", log);
    json.put("low", low);
    json.put("high", high);
    json.put("categories", categories);
    return json;
  }

  private static @Nullable Double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
