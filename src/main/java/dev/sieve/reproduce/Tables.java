package dev.sieve.reproduce;

import dev.sieve.reproduce.Comparisons.Reading;
import dev.sieve.reproduce.PublishedComparison.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The comparison, the readings and the claims as rows of text, for any kind of page. */
public final class Tables {
  static final List<String> COMPARISON =
      List.of(
          "experiment", "setting", "metric", "published", "ours", "s", "n", "published is", "why");
  static final List<String> CLAIMS =
      List.of("claim", "report", "answer", "p", "tested by", "parts");
  static final List<String> READINGS =
      List.of(
          "experiment",
          "metric",
          "rows",
          "as told: misfit",
          "inside",
          "as printed: misfit",
          "inside ",
          "fits better");

  private Tables() {}

  /** A row of cells for each comparison. */
  static List<List<String>> comparison(List<PublishedComparison> comparisons) {
    List<List<String>> rows = new ArrayList<>();
    for (PublishedComparison c : comparisons) {
      PublishedNumber number = c.published();
      Metric unit = number.unit();
      Double published = number.published();
      Double mean = c.mean();
      Double deviation = c.deviation();
      rows.add(
          List.of(
              number.report() + "/" + number.experiment(),
              number.setting(),
              number.metric(),
              published == null ? "–" : unit.text(published),
              mean == null ? "–" : unit.text(mean),
              deviation == null ? "–" : unit.text(deviation),
              mean == null ? "–" : Integer.toString(c.ours().size()),
              c.text(),
              why(c)));
    }
    return rows;
  }

  private static String why(PublishedComparison c) {
    boolean outside = c.verdict() == Verdict.ABOVE || c.verdict() == Verdict.BELOW;
    List<String> texts = new ArrayList<>();
    if (!c.remark().isEmpty()) {
      texts.add(c.remark());
    }
    if ((outside || c.verdict() == Verdict.NO_FIGURE) && !c.published().reason().isEmpty()) {
      texts.add(c.published().reason());
    }
    return String.join("; ", texts);
  }

  static List<List<String>> claims(List<Claim> claims) {
    List<List<String>> rows = new ArrayList<>();
    for (Claim claim : claims) {
      rows.add(
          List.of(
              claim.statement(),
              claim.reports(),
              claim.answer().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              String.format(Locale.ROOT, "%.3f", claim.p()),
              claim.test(),
              String.join("; ", claim.parts().stream().map(Claim.Part::text).toList())));
    }
    return rows;
  }

  static List<List<String>> readings(List<Reading> readings) {
    List<List<String>> rows = new ArrayList<>();
    for (Reading r : readings) {
      rows.add(
          List.of(
              r.report() + "/" + r.experiment(),
              r.metric(),
              Integer.toString(r.rows()),
              Metric.ACCURACY.distance(r.misfitOne()),
              Integer.toString(r.insideOne()),
              Metric.ACCURACY.distance(r.misfitTwo()),
              Integer.toString(r.insideTwo()),
              r.misfitOne() <= r.misfitTwo() ? "as told" : "as printed"));
    }
    return rows;
  }

  /** {@code 150 inside, 12 above, 9 below; …}. */
  public static String summary(List<PublishedComparison> comparisons) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    comparisons.forEach(c -> counts.merge(c.verdict(), 1, Integer::sum));
    List<String> texts = new ArrayList<>();
    counts.forEach(
        (verdict, count) ->
            texts.add(count + " " + verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    return String.join(", ", texts);
  }

  /** A table of Markdown. */
  static String markdown(List<String> head, List<List<String>> rows) {
    StringBuilder text = new StringBuilder(line(head));
    text.append("|").append("---|".repeat(head.size())).append('\n');
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    List<String> escaped = cells.stream().map(cell -> cell.replace("|", "\\|")).toList();
    return "| " + String.join(" | ", escaped) + " |\n";
  }

  /** A table of HTML. */
  static String html(List<String> head, List<List<String>> rows, int verdictColumn) {
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    head.forEach(cell -> html.append("<th>").append(Html.escape(cell)).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      String verdict = row.get(verdictColumn);
      String style =
          verdict.matches("inside|confirmed")
              ? "good"
              : verdict.matches("(above|below|refuted).*") ? "off" : "";
      html.append("<tr class=\"").append(style).append("\">");
      row.forEach(cell -> html.append(Html.cell(cell)));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>\n").toString();
  }
}
