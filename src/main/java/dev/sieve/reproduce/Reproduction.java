package dev.sieve.reproduce;

import dev.sieve.reproduce.Comparisons.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of the reports' experiments: the comparison with the published numbers, the readings,
 * the claims; as text, Markdown, CSV and one HTML page.
 *
 * @param heading lines on the run: when, on what, how long
 */
public record Reproduction(
    Evidence evidence,
    List<PublishedComparison> comparisons,
    List<Reading> readings,
    List<Claim> claims,
    List<String> heading) {
  private static final int VERDICT_COLUMN = 7;
  private static final int ANSWER_COLUMN = 2;

  /** Everything, from what the tables hold. */
  public static Reproduction of(Evidence evidence, List<String> heading) {
    List<PublishedNumber> numbers = PublishedNumber.all();
    Comparisons comparisons = new Comparisons(evidence);
    return new Reproduction(
        evidence,
        comparisons.of(numbers),
        comparisons.readings(numbers),
        new Claims(evidence).all(),
        heading);
  }

  /** The comparisons of some experiments alone. */
  public List<PublishedComparison> of(List<Catalogue.Entry> entries) {
    List<String> paths = entries.stream().map(Catalogue.Entry::path).toList();
    return comparisons.stream()
        .filter(c -> paths.contains(c.published().report() + "/" + c.published().experiment()))
        .toList();
  }

  /** For a terminal. */
  public static List<String> lines(List<PublishedComparison> comparisons, int width) {
    dev.sieve.report.TextTable table = new dev.sieve.report.TextTable();
    for (String heading : Tables.COMPARISON.subList(0, VERDICT_COLUMN + 1)) {
      boolean number = List.of("published", "ours", "s", "n").contains(heading);
      table.column(
          heading,
          number ? dev.sieve.report.TextTable.Align.RIGHT : dev.sieve.report.TextTable.Align.LEFT);
    }
    Tables.comparison(comparisons).forEach(row -> table.row(row.subList(0, VERDICT_COLUMN + 1)));
    List<String> lines = new ArrayList<>(table.lines(width));
    lines.add(Tables.summary(comparisons));
    return lines;
  }

  /** The claims whose experiments have run, for a terminal: answer, p, statement. */
  public List<String> claimLines() {
    return claims.stream()
        .filter(claim -> claim.answer() != Claim.Answer.NOT_RUN)
        .map(
            claim ->
                String.format(
                    Locale.ROOT,
                    "%-10s p = %.3f  %s (%s)",
                    claim.answer().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    claim.p(),
                    claim.statement(),
                    claim.reports()))
        .toList();
  }

  /** The tables as Markdown. */
  public String markdown() {
    return String.join("  \n", heading)
        + "\n\n"
        + Tables.summary(comparisons)
        + "\n\n## Claims\n\n"
        + Tables.markdown(Tables.CLAIMS, Tables.claims(claims))
        + "\n## Readings\n\n"
        + Tables.markdown(Tables.READINGS, Tables.readings(readings))
        + "\n## Every number\n\n"
        + Tables.markdown(Tables.COMPARISON, Tables.comparison(comparisons));
  }

  /** Published and ours with every digit. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder(
            Csv.line(
                List.of(
                    "report",
                    "experiment",
                    "setting",
                    "metric",
                    "published",
                    "mean",
                    "deviation",
                    "n",
                    "verdict",
                    "distance",
                    "source",
                    "remark")));
    for (PublishedComparison c : comparisons) {
      PublishedNumber number = c.published();
      csv.append(
          Csv.line(
              List.of(
                  number.report(),
                  number.experiment(),
                  number.setting(),
                  number.metric(),
                  text(number.published()),
                  text(c.mean()),
                  text(c.deviation()),
                  Integer.toString(c.ours().size()),
                  c.verdict().name().toLowerCase(Locale.ROOT),
                  Double.toString(c.distance()),
                  number.source(),
                  c.remark())));
    }
    return csv.toString();
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }

  /** The page, which stands on its own. */
  public String html() {
    return new Page(this).html();
  }

  String comparisonHtml(String report) {
    return Tables.html(
        Tables.COMPARISON,
        Tables.comparison(
            comparisons.stream().filter(c -> c.published().report().equals(report)).toList()),
        VERDICT_COLUMN);
  }

  String claimsHtml() {
    return Tables.html(Tables.CLAIMS, Tables.claims(claims), ANSWER_COLUMN);
  }

  String readingsHtml() {
    return Tables.html(Tables.READINGS, Tables.readings(readings), 0);
  }
}
