package dev.sieve.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Charts of the curves of a report's figure: mean over the seeds, band from least to largest. */
final class Curves {
  private final Evidence evidence;

  Curves(Evidence evidence) {
    this.evidence = evidence;
  }

  /** One figure: a row of charts for each quantity, all panels of a row on one scale. */
  String html(List<FigurePanel> panels) {
    StringBuilder html = new StringBuilder();
    Map<String, List<LineChart>> rows = new LinkedHashMap<>();
    for (FigurePanel panel : panels) {
      for (String quantity : panel.quantities()) {
        rows.computeIfAbsent(quantity, q -> new ArrayList<>()).add(chart(panel, quantity));
      }
    }
    for (List<LineChart> charts : rows.values()) {
      LineChart.Range range = LineChart.range(charts);
      if (range != null) {
        html.append("<div class=\"charts\">");
        charts.forEach(chart -> html.append(chart.svg(range)));
        html.append("</div>\n");
      }
    }
    panels.forEach(panel -> html.append(note(panel)));
    return html.toString();
  }

  private String note(FigurePanel panel) {
    List<EvidenceRow> trials = evidence.trials(panel.study(), panel.where());
    if (trials.isEmpty()) {
      return "<p class=\"note\">%s: not run</p>%n".formatted(Html.escape(panel.title()));
    }
    List<Integer> epochs = new ArrayList<>();
    for (EvidenceRow trial : trials) {
      if (trial.divergedEpoch() != null) {
        epochs.add(trial.divergedEpoch());
      }
    }
    return epochs.isEmpty()
        ? ""
        : "<p class=\"note\">%s: %s of %s runs diverged, in epochs %s</p>%n"
            .formatted(Html.escape(panel.title()), epochs.size(), trials.size(), epochs);
  }

  private LineChart chart(FigurePanel panel, String quantity) {
    List<LineChart.Line> lines = new ArrayList<>();
    List<String> columns =
        quantity.equals("eta")
            ? List.of("eta")
            : List.of("train_" + quantity, "validation_" + quantity);
    for (String column : columns) {
      String name = column.contains("_") ? column.substring(0, column.indexOf('_')) : column;
      lines.add(new LineChart.Line(name, points(panel, column)));
    }
    return new LineChart(panel.title() + ": " + quantity, "step", quantity, lines);
  }

  private List<LineChart.Point> points(FigurePanel panel, String column) {
    Map<Long, List<Double>> bySteps = new TreeMap<>();
    for (EvidenceRow trial : evidence.trials(panel.study(), panel.where())) {
      for (CurvePoint point : evidence.curve(trial)) {
        Double value = point.figures().get(column);
        if (value != null) {
          bySteps.computeIfAbsent(point.step(), step -> new ArrayList<>()).add(value);
        }
      }
    }
    List<LineChart.Point> points = new ArrayList<>();
    bySteps.forEach(
        (step, values) ->
            points.add(
                new LineChart.Point(
                    step,
                    PublishedComparison.mean(values),
                    values.stream().mapToDouble(v -> v).min().orElse(0),
                    values.stream().mapToDouble(v -> v).max().orElse(0))));
    return points;
  }
}
