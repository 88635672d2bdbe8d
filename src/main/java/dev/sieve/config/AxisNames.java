package dev.sieve.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What axes are called: three have short names, every other one is its path, quoted. */
final class AxisNames {
  private static final Map<String, String> SHORT =
      Map.of(
          "lambda", "training.lambda",
          "eta", "training.schedule.eta",
          "sigma", "network.init.sigma");
  private static final List<String> FIRST = List.of("lambda", "eta", "sigma");

  /**
   * The order of axes, by label: lambda, eta, sigma, then by path. HOCON objects have no order; a
   * fixed one lets a file be rearranged without changing its plan.
   */
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              label -> FIRST.contains(label) ? FIRST.indexOf(label) : FIRST.size())
          .thenComparing(Comparator.naturalOrder());

  private AxisNames() {}

  /** The setting that an axis varies, or null where there is no such setting. */
  static @Nullable Key key(String name) {
    Key key = Keys.get(SHORT.getOrDefault(name, name));
    return key != null && key.searchable() ? key : null;
  }

  /** The short name where there is one, else the path. */
  static String label(Key key) {
    return FIRST.stream()
        .filter(name -> key.path().equals(SHORT.get(name)))
        .findFirst()
        .orElse(key.path());
  }

  static String refusal(String what, String name) {
    Key key = Keys.get(name);
    if (key != null) {
      return "an axis must be a setting that changes training, but %s has %s; remove it"
          .formatted(what, name);
    }
    String rule =
        "an axis must be lambda, eta, sigma or the quoted path of a setting of network or training, but %s has %s; "
            .formatted(what, name);
    if (name.equals("network") || name.equals("training")) {
      return rule + "write the whole path in double quotes, \"" + name + ". ...\"";
    }
    List<String> known = new ArrayList<>(FIRST);
    Keys.settings().stream().filter(Key::searchable).map(Key::path).forEach(known::add);
    return rule + Nearest.remedy(name, known);
  }
}
