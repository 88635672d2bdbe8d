package dev.sieve.reproduce;

import dev.sieve.reproduce.Claim.Part;
import dev.sieve.search.stats.SignedRank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Numbers by seed, drawn from the evidence, and their tests. */
final class PairedSamples {
  private final Evidence evidence;

  PairedSamples(Evidence evidence) {
    this.evidence = evidence;
  }

  /** A number by replicate. */
  record Seeds(Map<Integer, Double> values) {
    /** Pair by pair; replicates that only one side has are left out. */
    Seeds minus(Seeds other) {
      Map<Integer, Double> differences = new TreeMap<>();
      values.forEach(
          (replicate, value) -> {
            Double subtrahend = other.values.get(replicate);
            if (subtrahend != null) {
              // Two that diverged are equal.
              differences.put(replicate, value.equals(subtrahend) ? 0.0 : value - subtrahend);
            }
          });
      return new Seeds(differences);
    }

    Seeds map(DoubleUnaryOperator function) {
      Map<Integer, Double> mapped = new TreeMap<>();
      values.forEach((replicate, value) -> mapped.put(replicate, function.applyAsDouble(value)));
      return new Seeds(mapped);
    }

    /** Whether these fractions are above 0, told in points. */
    Part points(String label) {
      return part(label, String.format(Locale.ROOT, "%+.2f points", 100 * median()));
    }

    /** Whether these numbers are above 0. */
    Part plain(String label) {
      double median = median();
      return part(
          label,
          Double.isInfinite(median)
              ? (median > 0 ? "+∞" : "-∞")
              : String.format(Locale.ROOT, "%+.4f", median));
    }

    private Part part(String label, String effect) {
      List<Double> positive = List.copyOf(values.values());
      List<Double> negative = positive.stream().map(v -> -v).toList();
      return new Part(
          label,
          positive.size(),
          positive.isEmpty() ? "–" : effect,
          SignedRank.greater(positive),
          SignedRank.greater(negative));
    }

    private double median() {
      List<Double> sorted = values.values().stream().sorted().toList();
      if (sorted.isEmpty()) {
        return 0;
      }
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

  /** A column of {@code trials}. */
  static ToDoubleFunction<EvidenceRow> figure(String column) {
    return trial -> value(trial, column);
  }

  /** Of a trial that diverged: accuracy 0, loss and cost infinite. NaN where there is none. */
  static double value(EvidenceRow trial, String column) {
    if (trial.diverged()) {
      return column.endsWith("accuracy") ? 0 : Double.POSITIVE_INFINITY;
    }
    Double value = trial.figures().get(column);
    return value == null ? Double.NaN : value;
  }

  /** A number of each trial that is done or diverged. */
  Seeds of(String study, String where, ToDoubleFunction<EvidenceRow> number) {
    Map<Integer, Double> values = new TreeMap<>();
    for (EvidenceRow trial : evidence.trials(study, TrialFilter.of(where))) {
      double value = number.applyAsDouble(trial);
      if ((trial.done() || trial.diverged()) && !Double.isNaN(value)) {
        values.put(trial.replicate(), value);
      }
    }
    return new Seeds(values);
  }

  /** Mean absolute second difference of the validation loss after the untrained network. */
  double roughness(EvidenceRow trial) {
    List<Double> loss = curve(trial, "validation_loss");
    double sum = 0;
    for (int i = 1; i + 1 < loss.size(); i++) {
      sum += Math.abs(loss.get(i - 1) - 2 * loss.get(i) + loss.get(i + 1));
    }
    return loss.size() < 3 ? Double.NaN : sum / (loss.size() - 2);
  }

  /** Mean of the training loss over the rows of a curve: small where learning is fast. */
  double meanLoss(EvidenceRow trial) {
    if (trial.diverged()) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> loss = curve(trial, "train_loss");
    return loss.isEmpty() ? Double.NaN : PublishedComparison.mean(loss);
  }

  /** The largest value of the first epochs less the untrained network's. */
  double rise(EvidenceRow trial, String column, int epochs) {
    double start = Double.NaN;
    double largest = Double.NEGATIVE_INFINITY;
    for (CurvePoint point : evidence.curve(trial)) {
      Double value = point.figures().get(column);
      if (value != null && point.epoch() == 0) {
        start = value;
      } else if (value != null && point.epoch() <= epochs) {
        largest = Math.max(largest, value);
      }
    }
    return largest - start;
  }

  private List<Double> curve(EvidenceRow trial, String column) {
    List<Double> values = new ArrayList<>();
    for (CurvePoint point : evidence.curve(trial)) {
      Double value = point.figures().get(column);
      if (point.epoch() > 0 && value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** How many decades one error of a gradient check is above another, by seed. */
  Part decades(String check, String parameter, String larger, String smaller) {
    Map<Integer, Double> differences = new TreeMap<>();
    evidence.checks().stream()
        .filter(row -> row.check().equals(check) && row.parameter().equals(parameter))
        .sorted(Comparator.comparingLong(CheckRow::seed))
        .forEach(
            row -> {
              Double a = row.measures().get(larger);
              Double b = row.measures().get(smaller);
              if (a != null && b != null) {
                differences.put((int) row.seed(), Metric.ERROR.scaled(a) - Metric.ERROR.scaled(b));
              }
            });
    return new Seeds(differences).plain(parameter);
  }

  /** Whether more runs diverge here than there: Fisher's exact test, one-sided. */
  Part moreDiverge(String study, String label, String here, String there) {
    List<EvidenceRow> one = ended(study, here);
    List<EvidenceRow> two = ended(study, there);
    int a = (int) one.stream().filter(EvidenceRow::diverged).count();
    int b = (int) two.stream().filter(EvidenceRow::diverged).count();
    return new Part(
        label,
        Math.min(one.size(), two.size()),
        "%s of %s without, %s of %s with".formatted(a, one.size(), b, two.size()),
        fisher(a, one.size(), b, two.size()),
        fisher(b, two.size(), a, one.size()));
  }

  private List<EvidenceRow> ended(String study, String where) {
    return evidence.trials(study, TrialFilter.of(where)).stream()
        .filter(trial -> trial.done() || trial.diverged())
        .toList();
  }

  /** P(at least a of the a + b in the first n of n + m). */
  static double fisher(int a, int n, int b, int m) {
    double p = 0;
    for (int i = a; i <= Math.min(n, a + b); i++) {
      p += choose(n, i) * choose(m, a + b - i) / choose(n + m, a + b);
    }
    return Math.min(1, p);
  }

  private static double choose(int n, int k) {
    if (k < 0 || k > n) {
      return 0;
    }
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}
