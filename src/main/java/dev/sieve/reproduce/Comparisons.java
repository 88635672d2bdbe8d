package dev.sieve.reproduce;

import dev.sieve.reproduce.PublishedComparison.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Puts ours beside every published number. */
public final class Comparisons {
  private final Evidence evidence;

  public Comparisons(Evidence evidence) {
    this.evidence = evidence;
  }

  /** A comparison for each of these rows, in their order. */
  public List<PublishedComparison> of(List<PublishedNumber> numbers) {
    return numbers.stream().map(this::of).toList();
  }

  private PublishedComparison of(PublishedNumber number) {
    return of(number, number.source());
  }

  private PublishedComparison of(PublishedNumber number, String source) {
    if (number.published() == null) {
      return PublishedComparison.without(
          number, Verdict.NO_NUMBER, "drawn from our runs on the page");
    }
    if (number.isCheck()) {
      List<Double> errors =
          evidence.measures(source.substring(PublishedNumber.CHECK.length()), number.figure());
      return errors.isEmpty()
          ? PublishedComparison.without(number, Verdict.NOT_RUN, "")
          : PublishedComparison.of(number, errors, "");
    }
    List<EvidenceRow> trials = evidence.trials(source, number.where());
    if (trials.isEmpty()) {
      return PublishedComparison.without(number, Verdict.NOT_RUN, "");
    }
    List<Double> values = evidence.figures(source, number.where(), number.figure());
    String remark = remark(trials);
    return values.isEmpty()
        ? PublishedComparison.without(number, Verdict.NO_FIGURE, remark)
        : PublishedComparison.of(number, values, remark);
  }

  private static String remark(List<EvidenceRow> trials) {
    List<String> others = new ArrayList<>();
    long diverged = trials.stream().filter(EvidenceRow::diverged).count();
    long failed = trials.stream().filter(t -> !t.done() && !t.diverged()).count();
    if (diverged > 0) {
      others.add("%s of %s diverged".formatted(diverged, trials.size()));
    }
    if (failed > 0) {
      others.add("%s of %s failed".formatted(failed, trials.size()));
    }
    return String.join("; ", others);
  }

  /**
   * Two readings of an experiment, and which of them the printed numbers fit.
   *
   * @param report and {@code experiment}: whose rows
   * @param metric accuracy on the training or the validation images
   * @param misfitOne root mean square distance of published numbers from the first reading's means
   * @param misfitTwo and from the second's
   * @param insideOne how many of the {@code rows} lie inside the first one's intervals
   */
  public record Reading(
      String report,
      String experiment,
      String metric,
      int rows,
      double misfitOne,
      int insideOne,
      double misfitTwo,
      int insideTwo,
      String other) {}

  /** For every experiment that ran in two readings, and has figures of both. */
  public List<Reading> readings(List<PublishedNumber> numbers) {
    List<Reading> readings = new ArrayList<>();
    List<String> keys =
        numbers.stream()
            .filter(n -> !n.other().isEmpty())
            .map(Comparisons::key)
            .distinct()
            .toList();
    for (String key : keys) {
      List<PublishedNumber> rows =
          numbers.stream()
              .filter(n -> !n.other().isEmpty() && key(n).equals(key) && n.published() != null)
              .toList();
      List<PublishedComparison> one = rows.stream().map(this::of).toList();
      List<PublishedComparison> two = rows.stream().map(n -> of(n, n.other())).toList();
      if (complete(one) && complete(two)) {
        PublishedNumber first = rows.get(0);
        readings.add(
            new Reading(
                first.report(),
                first.experiment(),
                first.metric(),
                rows.size(),
                misfit(one),
                inside(one),
                misfit(two),
                inside(two),
                first.other()));
      }
    }
    return readings;
  }

  private static String key(PublishedNumber number) {
    return number.report() + "|" + number.experiment() + "|" + number.metric();
  }

  private static boolean complete(List<PublishedComparison> comparisons) {
    return comparisons.stream().allMatch(c -> c.mean() != null);
  }

  private static int inside(List<PublishedComparison> comparisons) {
    return (int) comparisons.stream().filter(c -> c.verdict() == Verdict.INSIDE).count();
  }

  private static double misfit(List<PublishedComparison> comparisons) {
    double squares = 0;
    for (PublishedComparison c : comparisons) {
      Double published = c.published().published();
      Double mean = c.mean();
      if (published != null && mean != null) {
        squares += (published - mean) * (published - mean);
      }
    }
    return Math.sqrt(squares / comparisons.size());
  }
}
