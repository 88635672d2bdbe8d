package dev.sieve.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page as HTML that holds all it needs: style, scripts, plot library, data. */
public final class ReportPage {
  /** In the order in which they run; the first makes the name that all share. */
  private static final List<String> SCRIPTS =
      List.of(
          "core.js",
          "data.js",
          "chart.js",
          "summary.js",
          "curves.js",
          "space.js",
          "parallel.js",
          "runs.js",
          "network.js",
          "table.js",
          "live.js",
          "main.js");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  private ReportPage() {}

  /**
   * A report of one study that never changes.
   *
   * @param data of {@link PageData#json}
   */
  public static String report(String study, String data) {
    return page(study, data, "report", "'none'");
  }

  /** The page that asks its server for data, again and again. */
  public static String live(String title) {
    return page(title, "null", "live", "'self'");
  }

  private static String page(String title, String data, String mode, String connect) {
    StringBuilder scripts = new StringBuilder();
    SCRIPTS.forEach(name -> scripts.append(resource("js/" + name)).append('\n'));
    return filled(
        resource("page.html"),
        Map.of(
            "title", escaped(title),
            "mode", mode,
            "connect", connect,
            "style", resource("page.css"),
            "data", data,
            "library", resource("echarts.min.js"),
            "scripts", scripts.toString()));
  }

  /** One pass, so that no value is looked through for places of its own. */
  private static String filled(String template, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      String value = values.get(place.group(1));
      if (value == null) {
        throw new IllegalStateException("the page's template names " + place.group());
      }
      out.append(template, end, place.start()).append(value);
      end = place.end();
    }
    return out.append(template, end, template.length()).toString();
  }

  /** Text as HTML shows it, in elements and in quoted attributes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the jar must hold the page's part %s, but does not: build it with Maven"
                .formatted(name));
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the page's part " + name, e);
    }
  }
}
