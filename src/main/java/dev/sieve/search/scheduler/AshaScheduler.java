package dev.sieve.search.scheduler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous successive halving (Li et al. 2020, algorithm 2): a free place takes a configuration
 * that is among the best 1/η of those at its rung so far, from the highest rung on, or else a new
 * one.
 */
final class AshaScheduler implements RungScheduler {
  private static final class Rung {
    final TreeSet<Standing> standings = new TreeSet<>(Standing.BEST_FIRST);
    final Set<String> promoted = new HashSet<>();
  }

  private final int reduction;
  private final List<Rung> rungs = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();

  /**
   * @param reduction η
   * @param count rungs
   */
  AshaScheduler(int reduction, int count) {
    this.reduction = reduction;
    for (int i = 0; i < count; i++) {
      rungs.add(new Rung());
    }
  }

  @Override
  public int enter(String configuration) {
    return 0;
  }

  @Override
  public void reached(int rung, Standing standing) {
    rungs.get(rung).standings.add(standing);
  }

  @Override
  public @Nullable String next(int size, IntPredicate affords) {
    for (int i = rungs.size() - 2; i >= 0; i--) {
      if (!affords.test(i + 1)) {
        continue;
      }
      Rung rung = rungs.get(i);
      int best = rung.standings.size() / reduction;
      for (Standing standing : rung.standings) {
        if (best-- == 0 || !standing.scored()) {
          break;
        }
        if (rung.promoted.add(standing.configuration())) {
          return standing.configuration();
        }
      }
    }
    return null;
  }

  @Override
  public boolean takesPlaces() {
    return true;
  }

  @Override
  public List<String> stopped() {
    return stopped;
  }

  /** So that there is one with the whole budget, however few the configurations are. */
  @Override
  public @Nullable String last() {
    Rung top = rungs.get(rungs.size() - 1);
    if (top.standings.stream().noneMatch(Standing::scored)) {
      for (int i = rungs.size() - 2; i >= 0; i--) {
        Rung rung = rungs.get(i);
        for (Standing standing : rung.standings) {
          if (standing.scored() && rung.promoted.add(standing.configuration())) {
            return standing.configuration();
          }
        }
      }
    }
    if (stopped.isEmpty()) {
      rungs.subList(0, rungs.size() - 1).forEach(this::stop);
    }
    return null;
  }

  private void stop(Rung rung) {
    rung.standings.stream()
        .map(Standing::configuration)
        .filter(configuration -> !rung.promoted.contains(configuration))
        .forEach(stopped::add);
  }

  @Override
  public List<Traffic> expected(int size) {
    List<Traffic> expected = new ArrayList<>();
    expected.add(new Traffic(size, 0));
    for (int rung = 1, there = size / reduction; rung < rungs.size(); rung++, there /= reduction) {
      expected.add(new Traffic(0, Math.max(1, there)));
    }
    return expected;
  }
}
