package dev.sieve.reproduce;

import dev.sieve.trial.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reports on one HTML page: tables, claims, every figure that they plot. No scripts, no links.
 */
final class Page {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final List<String> NETWORKS = List.of("[]", "[50]", "[50,30]", "[50,30,20]");
  private static final List<String> OVERFIT_RATES = List.of("0.01", "0.001");
  private static final List<String> MOMENTA = List.of("0.5", "0.7", "0.9");

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --faint: #d0d7de; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #30363d; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 1180px; margin: 2em auto; padding: 0 1em; }
      table { border-collapse: collapse; font-size: 13px; margin: 1em 0; display: block; overflow-x: auto; }
      th, td { border: 1px solid var(--faint); padding: 2px 8px; text-align: left; vertical-align: top; font-variant-numeric: tabular-nums; }
      tr.good { background: #2da44e22; } tr.off { background: #d2992233; }
      .charts { display: flex; flex-wrap: wrap; gap: 12px; } .charts svg { width: 460px; max-width: 100%; }
      svg text { fill: var(--ink); font: 11px system-ui, sans-serif; } svg .title { font-size: 13px; font-weight: 600; }
      .grid { stroke: var(--faint); stroke-width: 0.5; } .axis { stroke: var(--ink); fill: none; }
      .line { fill: none; stroke-width: 1.5; } .band { opacity: 0.18; } .note { opacity: 0.75; font-size: 13px; }
      """;

  private final Reproduction reproduction;
  private final Evidence evidence;

  Page(Reproduction reproduction) {
    this.reproduction = reproduction;
    this.evidence = reproduction.evidence();
  }

  String html() {
    StringBuilder html =
        new StringBuilder(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>The five reports, reproduced</title><style>\n");
    html.append(STYLE).append("</style></head>\n<body>\n<h1>The five reports, reproduced</h1>\n");
    reproduction.heading().forEach(line -> html.append(paragraph(line)));
    html.append(paragraph(Tables.summary(reproduction.comparisons())));
    html.append(
        paragraph(
            "A published number is inside where it lies within the 95 % prediction interval for one run (mean ± t·s·√(1 + 1/n)), widened by one point of accuracy, 0.05 of loss or cost, one decade of a gradient's error. Above and below say where the published number lies, seen from ours, and how far outside. Lines of the charts are means over the seeds, bands go from the least to the largest."));
    html.append("<h2>Claims</h2>\n").append(reproduction.claimsHtml());
    html.append("<h2>Readings</h2>\n").append(reproduction.readingsHtml());
    for (String report : Catalogue.load().reports()) {
      html.append("<h2>").append(Html.escape(report)).append("</h2>\n");
      html.append(reproduction.comparisonHtml(report));
      figures(html, report);
      if (report.equals("momentum-2017")) {
        OVERFIT_RATES.forEach(eta -> overfitMatrix(html, eta));
        confusion(html);
      }
    }
    return html.append("</body>\n</html>\n").toString();
  }

  private static String paragraph(String text) {
    return "<p>" + Html.escape(text) + "</p>\n";
  }

  private void figures(StringBuilder html, String report) {
    Map<String, List<FigurePanel>> figures = new LinkedHashMap<>();
    for (FigurePanel panel : FigurePanel.all()) {
      if (panel.report().equals(report)) {
        figures.computeIfAbsent(panel.figure(), f -> new ArrayList<>()).add(panel);
      }
    }
    Curves curves = new Curves(evidence);
    figures.forEach(
        (figure, panels) -> {
          html.append("<h3>").append(Html.escape(figure + ": " + panels.get(0).caption()));
          html.append("</h3>\n").append(curves.html(panels));
        });
  }

  /** Mean training accuracy at the end, for every network, momentum and batch norm. */
  private void overfitMatrix(StringBuilder html, String eta) {
    List<String> head = new ArrayList<>(List.of("training accuracy"));
    for (String norm : List.of("without", "with batch norm")) {
      MOMENTA.forEach(momentum -> head.add(norm + ", momentum " + momentum));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String network : NETWORKS) {
      List<String> row = new ArrayList<>(List.of("hidden " + network));
      for (String norm : List.of("none", "before-activation")) {
        for (String momentum : MOMENTA) {
          TrialFilter where =
              TrialFilter.of(
                  "eta=%s;hidden=%s;bn=%s;momentum=%s".formatted(eta, network, norm, momentum));
          List<Double> values = evidence.figures("momentum-2017-overfit", where, "train_accuracy");
          row.add(values.isEmpty() ? "–" : Metric.ACCURACY.text(PublishedComparison.mean(values)));
        }
      }
      rows.add(row);
    }
    html.append("<h3>Overfit matrix: 100 images, eta = " + eta + "</h3>\n")
        .append(Tables.html(head, rows, 0));
  }

  private void confusion(StringBuilder html) {
    for (EvidenceRow trial : evidence.trials("momentum-2017-final", TrialFilter.of(""))) {
      ConfusionMatrix matrix = trial.confusion();
      if (matrix == null || trial.replicate() != 0) {
        continue;
      }
      List<String> head = new ArrayList<>(List.of("true \\ predicted"));
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < matrix.counts().size(); i++) {
        List<String> row = new ArrayList<>(List.of(name(i)));
        matrix.counts().get(i).forEach(count -> row.add(Integer.toString(count)));
        head.add(name(i));
        rows.add(row);
      }
      html.append("<h3>Final: confusion matrix on the test images, first seed</h3>\n");
      html.append(Tables.html(head, rows, 0));
    }
  }

  private static String name(int label) {
    return label < CLASSES.size() ? CLASSES.get(label) : Integer.toString(label);
  }
}
