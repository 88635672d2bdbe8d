package dev.sieve.search.scheduler;

import dev.sieve.search.definition.RungSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Synchronous halving in brackets. Successive halving (Jamieson & Talwalkar 2016) has one, of all
 * configurations. Hyperband (Li et al. 2018, algorithm 1) has one for each rung to begin at: with
 * s_max + 1 rungs, the bracket of s more rungs takes ⌈(s_max + 1) / (s + 1) · η^s⌉ configurations;
 * after the last bracket comes the first again, and the one that there are not enough for is
 * smaller.
 */
public final class HalvingScheduler implements RungScheduler {
  private final RungSpec rungs;
  private final int count;
  private final List<Bracket> brackets = new ArrayList<>();
  private final Map<String, Bracket> ofConfiguration = new HashMap<>();
  private final Deque<String> promoted = new ArrayDeque<>();
  private final List<String> stopped = new ArrayList<>();
  private int entered;

  /** The configurations from {@code begin} on, those before {@code end} at most. */
  private static final class Bracket {
    final int begin;
    final long end;
    final int first;

    /** The rung that is decided next, and those who stand there. */
    int rung;

    List<Standing> standings = new ArrayList<>();

    /** Who went on to this rung, and how many were meant to. */
    int competing;

    int planned;

    Bracket(int begin, long end, int first) {
      this.begin = begin;
      this.end = end;
      this.first = first;
      this.rung = first;
    }

    int size(int all) {
      return (int) Math.max(0, Math.min(end, all) - begin);
    }
  }

  /**
   * @param count rungs
   */
  HalvingScheduler(RungSpec rungs, int count) {
    this.rungs = rungs;
    this.count = count;
  }

  /** Configurations of Hyperband's bracket that begins at a rung. */
  static long bracketSize(int first, int count, int reduction) {
    int more = count - 1 - first;
    double power = StrictMath.pow(reduction, more);
    return (long) StrictMath.ceil(count * power / (more + 1));
  }

  @Override
  public int enter(String configuration) {
    Bracket bracket = bracketOf(entered++);
    ofConfiguration.put(configuration, bracket);
    return bracket.first;
  }

  private Bracket bracketOf(int index) {
    Bracket last = brackets.isEmpty() ? null : brackets.get(brackets.size() - 1);
    if (last == null || index >= last.end) {
      last = after(last);
      brackets.add(last);
    }
    return last;
  }

  private Bracket after(@Nullable Bracket last) {
    if (rungs.type() != RungSpec.Type.HYPERBAND) {
      return new Bracket(0, Long.MAX_VALUE, 0);
    }
    int first = last == null ? 0 : (last.first + 1) % count;
    int begin = last == null ? 0 : (int) last.end;
    return new Bracket(begin, begin + bracketSize(first, count, rungs.reduction()), first);
  }

  @Override
  public void reached(int rung, Standing standing) {
    Bracket bracket = ofConfiguration.get(standing.configuration());
    if (bracket == null || bracket.rung != rung) {
      throw new IllegalStateException(
          "%s stands at rung %s, which is not being decided".formatted(standing, rung));
    }
    bracket.standings.add(standing);
  }

  /** As many go on as are expected to, or fewer: the budget has allowed them before. */
  @Override
  public @Nullable String next(int size, IntPredicate affords) {
    brackets.forEach(bracket -> decide(bracket, size));
    return promoted.poll();
  }

  private void decide(Bracket bracket, int size) {
    if (bracket.rung == bracket.first) {
      bracket.competing = bracket.size(size);
      bracket.planned = bracket.competing;
    }
    boolean last = bracket.rung == count - 1;
    if (last || bracket.competing == 0 || bracket.standings.size() < bracket.competing) {
      return;
    }
    Collections.sort(bracket.standings, Standing.BEST_FIRST);
    int keep = rungs.keep(bracket.rung, bracket.planned);
    int goOn = 0;
    for (Standing standing : bracket.standings) {
      if (goOn < keep && standing.scored()) {
        promoted.add(standing.configuration());
        goOn++;
      } else {
        stopped.add(standing.configuration());
      }
    }
    bracket.competing = goOn;
    bracket.planned = keep;
    bracket.standings = new ArrayList<>();
    bracket.rung++;
  }

  @Override
  public boolean takesPlaces() {
    return false;
  }

  @Override
  public List<String> stopped() {
    return stopped;
  }

  @Override
  public @Nullable String last() {
    return null;
  }

  @Override
  public List<Traffic> expected(int size) {
    int[] entering = new int[count];
    int[] climbing = new int[count];
    for (Bracket bracket = after(null); bracket.begin < size; bracket = after(bracket)) {
      int competing = bracket.size(size);
      entering[bracket.first] += competing;
      for (int rung = bracket.first + 1; rung < count; rung++) {
        competing = rungs.keep(rung - 1, competing);
        climbing[rung] += competing;
      }
      if (bracket.end >= size) {
        break;
      }
    }
    List<Traffic> expected = new ArrayList<>();
    for (int rung = 0; rung < count; rung++) {
      expected.add(new Traffic(entering[rung], climbing[rung]));
    }
    return expected;
  }
}
