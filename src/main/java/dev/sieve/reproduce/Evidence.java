package dev.sieve.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What our runs gave: trials and curves as the tables have them, and gradient checks. */
public record Evidence(List<EvidenceRow> trials, List<CurvePoint> points, List<CheckRow> checks) {
  public Evidence {
    trials = List.copyOf(trials);
    points = List.copyOf(points);
    checks = List.copyOf(checks);
  }

  /** A study's trials that are meant, by configuration and replicate. */
  List<EvidenceRow> trials(String study, TrialFilter where) {
    return trials.stream()
        .filter(trial -> trial.study().equals(study) && where.matches(trial))
        .sorted(
            Comparator.comparing(EvidenceRow::phase)
                .thenComparing(EvidenceRow::configuration)
                .thenComparingInt(EvidenceRow::replicate))
        .toList();
  }

  /** A trial's curve, untrained network first. */
  List<CurvePoint> curve(EvidenceRow trial) {
    return points.stream()
        .filter(
            point ->
                point.study().equals(trial.study())
                    && point.phase().equals(trial.phase())
                    && point.configuration().equals(trial.configuration())
                    && point.replicate() == trial.replicate())
        .sorted(Comparator.comparingLong(CurvePoint::step))
        .toList();
  }

  /** One figure of every trial that is done and has it. */
  List<Double> figures(String study, TrialFilter where, String figure) {
    List<Double> values = new ArrayList<>();
    for (EvidenceRow trial : trials(study, where)) {
      Double value = trial.figures().get(figure);
      if (trial.done() && value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** A measure of a check from every seed: {@code W1 centred norms}. */
  List<Double> measures(String check, String figure) {
    int space = figure.indexOf(' ');
    String parameter = figure.substring(0, space);
    String measure = figure.substring(space + 1);
    List<Double> values = new ArrayList<>();
    for (CheckRow row : checks) {
      Double value = row.measures().get(measure);
      if (row.check().equals(check) && row.parameter().equals(parameter) && value != null) {
        values.add(value);
      }
    }
    return values;
  }
}
