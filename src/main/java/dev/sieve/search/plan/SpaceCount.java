package dev.sieve.search.plan;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.sampler.RandomSampler;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Constraint;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a space would give, counted before any of it is made. */
public final class SpaceCount {
  /** Configurations of one phase, or of one box of a grid, that a driver can be asked to list. */
  public static final int CONFIGURATIONS = CartesianProduct.LARGEST;

  /** Trials of one phase, replicates counted. */
  public static final int TRIALS = 1_000_000;

  /** Draws after which a space counts as one that its constraints leave nothing of. */
  private static final int DRAWS = 100_000;

  private SpaceCount() {}

  /**
   * The constraints that leave nothing of a space: those that each reject all of it, or else all
   * together; empty where some configuration keeps them.
   */
  public static List<String> impossible(Space space, SamplerKind sampler) {
    List<Constraint> all = space.constraints();
    if (all.isEmpty()) {
      return List.of();
    }
    List<Constraint> guilty = new ArrayList<>(all);
    boolean listed =
        sampler == SamplerKind.GRID && CartesianProduct.size(space, 1) <= CONFIGURATIONS;
    try (Stream<Configuration> members = listed ? listed(space) : drawn(space)) {
      if (members.anyMatch(member -> keeps(space, member, guilty))) {
        return List.of();
      }
    }
    return (guilty.isEmpty() ? all : guilty).stream().map(Constraint::text).toList();
  }

  private static boolean keeps(Space space, Configuration member, List<Constraint> guilty) {
    guilty.removeIf(constraint -> constraint.keptBy(member));
    return space.keeps(member);
  }

  private static Stream<Configuration> listed(Space space) {
    Space free = new Space(space.axes());
    return CartesianProduct.of(free, free.axes().stream().map(AxisPoints::grid).toList()).stream();
  }

  private static Stream<Configuration> drawn(Space space) {
    Draws draws = Seed.of(0, "any").draws();
    Space concerned = new Space(space.axes().stream().filter(a -> concerned(space, a)).toList());
    return Stream.generate(() -> concerned.configuration(RandomSampler.draw(concerned, draws)))
        .limit(DRAWS);
  }

  /** Whether a constraint names an axis, or whether another one has an effect depends on it. */
  private static boolean concerned(Space space, Axis axis) {
    return space.constraints().stream().anyMatch(constraint -> constraint.names(axis.path()))
        || space.axes().stream()
            .flatMap(other -> other.needs().stream())
            .anyMatch(need -> need.path().equals(axis.path()));
  }
}
