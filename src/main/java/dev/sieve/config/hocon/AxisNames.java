package dev.sieve.config.hocon;

import com.typesafe.config.ConfigUtil;
import dev.sieve.error.DidYouMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What axes are called: three have short names, every other one is its path. The end of a path
 * stands for it where no other path has it, such as {@code momentum}.
 */
public final class AxisNames {
  /** What an axis may say of its range. */
  public static final String VALUES = "values";

  public static final String VALUE = "value";
  public static final List<String> KINDS = List.of(VALUES, VALUE, "linear", "log10", "integer");
  public static final List<String> KNOWN =
      List.of(VALUES, VALUE, "linear", "log10", "integer", "points", "step");

  private static final Map<String, String> SHORT =
      Map.of(
          "lambda", "training.lambda",
          "eta", "training.schedule.eta",
          "sigma", "network.init.sigma",
          "lr", "training.schedule.eta",
          "learning-rate", "training.schedule.eta");

  /** What papers and other tools call a setting. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("λ", "lambda"),
          Map.entry("wd", "lambda"),
          Map.entry("weight-decay", "lambda"),
          Map.entry("l2", "lambda"),
          Map.entry("reg", "lambda"),
          Map.entry("regularisation", "lambda"),
          Map.entry("regularization", "lambda"),
          Map.entry("η", "eta"),
          Map.entry("lr", "eta"),
          Map.entry("rate", "eta"),
          Map.entry("σ", "sigma"),
          Map.entry("std", "sigma"),
          Map.entry("optimiser", "training.optimiser.type"),
          Map.entry("optimizer", "training.optimiser.type"),
          Map.entry("schedule", "training.schedule.type"),
          Map.entry("scheduler", "training.schedule.type"),
          Map.entry("bs", "training.batch-size"),
          Map.entry("layers", "network.hidden"),
          Map.entry("hidden-layers", "network.hidden"),
          Map.entry("units", "network.hidden"),
          Map.entry("bn", "network.batch-norm.placement"),
          Map.entry("batchnorm", "network.batch-norm.placement"),
          Map.entry("batch-norm", "network.batch-norm.placement"),
          Map.entry("init", "network.init.weights"),
          Map.entry("initialiser", "network.init.weights"),
          Map.entry("initializer", "network.init.weights"));

  private static final List<String> FIRST = List.of("lambda", "eta", "sigma");

  /**
   * The order of axes, by label: lambda, eta, sigma, then by path. HOCON objects have no order; a
   * fixed one lets a file be rearranged without changing its plan.
   */
  public static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              label -> FIRST.contains(label) ? FIRST.indexOf(label) : FIRST.size())
          .thenComparing(Comparator.naturalOrder());

  private AxisNames() {}

  /** The setting that an axis varies, or null where there is no such setting, or are several. */
  public static @Nullable Key key(String name) {
    String word = name.replace('_', '-');
    Key key = Keys.get(SHORT.getOrDefault(word, word));
    if (key != null) {
      return key.searchable() ? key : null;
    }
    List<Key> ending = ending(word);
    return ending.size() == 1 ? ending.get(0) : null;
  }

  /** The settings whose paths end with these words. */
  private static List<Key> ending(String words) {
    return Keys.settings().stream()
        .filter(key -> key.searchable() && key.path().endsWith("." + words))
        .toList();
  }

  /** The short name where there is one, else the path. */
  public static String label(Key key) {
    return FIRST.stream()
        .filter(name -> key.path().equals(SHORT.get(name)))
        .findFirst()
        .orElse(key.path());
  }

  public static String refusal(String what, String name) {
    Key key = Keys.get(name);
    if (key != null) {
      return "an axis must be a setting that changes training, but %s has %s; remove it"
          .formatted(what, name);
    }
    return "an axis must be lambda, eta, sigma or the path of a setting of network or training, but %s has %s; %s"
        .formatted(what, ParsedStudy.cut(name), remedy(name));
  }

  /** The settings, or their short names, that a name that is none may stand for. */
  public static Set<String> meant(String name) {
    Set<String> meant = new LinkedHashSet<>();
    String word = name.replace('_', '-');
    ending(word).forEach(key -> meant.add(key.path()));
    String elsewhere = ELSEWHERE.get(word.toLowerCase(Locale.ROOT));
    if (meant.isEmpty() && elsewhere != null) {
      meant.add(elsewhere);
    }
    if (meant.isEmpty()) {
      List<String> known = new ArrayList<>(FIRST);
      Keys.settings().stream().filter(Key::searchable).map(Key::path).forEach(known::add);
      meant.addAll(DidYouMean.of(name, known));
    }
    return meant;
  }

  private static String remedy(String name) {
    Set<String> meant = meant(name);
    return meant.isEmpty()
        ? "the page on configuration lists the settings"
        : "did you mean "
            + meant.stream().map(ConfigUtil::joinPath).collect(Collectors.joining(" or "))
            + "?";
  }
}
