package dev.sieve.report;

import dev.sieve.search.stats.PairedComparison;
import java.util.List;
import java.util.Locale;

/** Whether the best configuration of a phase is better than the next, in words. */
public final class ComparisonText {
  private ComparisonText() {}

  /** Two lines: what was found, and what more replicates could tell. */
  public static List<String> lines(PairedComparison found) {
    Double error = found.standardError();
    String measured =
        String.format(
            Locale.ROOT,
            "%s: configuration %s against the runner-up %s over %d paired replicate%s: %+.2f points%s",
            found.phase(),
            found.best(),
            found.runnerUp(),
            found.pairs(),
            found.pairs() == 1 ? "" : "s",
            100 * found.difference(),
            error == null ? "" : String.format(Locale.ROOT, " ± %.2f", 100 * error));
    return List.of(measured, "  " + verdict(found));
  }

  private static String verdict(PairedComparison found) {
    String test = String.format(Locale.ROOT, "(Wilcoxon signed-rank test, p = %.3g)", found.p());
    if (found.significant()) {
      return "the winner is significantly better " + test;
    }
    String tied =
        found.pairs() < PairedComparison.FEWEST
            ? "tied: fewer than %s pairs can never be significant %s"
                .formatted(PairedComparison.FEWEST, test)
            : "tied " + test;
    Integer more = found.moreReplicates();
    return more == null
        ? tied + "; no number of replicates in reach could tell"
        : "%s; about %s more replicate%s could tell".formatted(tied, more, more == 1 ? "" : "s");
  }
}
