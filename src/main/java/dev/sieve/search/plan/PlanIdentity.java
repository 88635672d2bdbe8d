package dev.sieve.search.plan;

import dev.sieve.search.definition.Budget;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.RungSpec;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Coordinates;
import dev.sieve.search.space.Domains;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a plan's identity that rungs make. Who goes on from a rung depends on everyone who
 * stood there, so all that decides which configurations there are is among them: a phase with rungs
 * cannot be extended.
 */
record PlanIdentity(StudyDefinition definition, Phase phase) {
  Map<String, String> lines() {
    RungSpec rungs = definition.resolver().rungs(phase);
    CoarseSpec coarse = definition.coarse();
    FineSpec fine = definition.fine();
    if (rungs == null) {
      return Map.of();
    }
    Map<String, String> lines = new TreeMap<>(rungs.identity());
    if (rungs.type() == RungSpec.Type.ASHA) {
      lines.put("search.parallel", Integer.toString(definition.search().parallel()));
    }
    Budget budget = definition.budget(phase);
    put(lines, "budget.trials", budget.trials());
    put(lines, "budget.epochs", budget.epochs());
    put(lines, "budget.target-accuracy", budget.targetAccuracy());
    if (phase == Phase.COARSE && coarse != null) {
      lines.putAll(
          lines(
              coarse.sampler(),
              coarse.configurations(),
              coarse.replicates(),
              coarse.space(),
              coarse.enqueue()));
    } else if (phase == Phase.FINE && fine != null) {
      lines.putAll(
          lines(
              fine.sampler(),
              fine.configurations(),
              fine.replicates(),
              fine.space(),
              fine.enqueue()));
      if (fine.points() > 0) {
        lines.put("points", Integer.toString(fine.points()));
      }
    }
    return lines;
  }

  private static void put(Map<String, String> lines, String name, @Nullable Number value) {
    if (value != null) {
      lines.put(name, value.toString());
    }
  }

  private static Map<String, String> lines(
      SamplerKind sampler,
      int configurations,
      int replicates,
      @Nullable Space space,
      List<Configuration> enqueue) {
    Map<String, String> lines = new TreeMap<>();
    lines.put("replicates", Integer.toString(replicates));
    if (sampler.counted()) {
      lines.put("configurations", Integer.toString(configurations));
    }
    for (int i = 0; i < enqueue.size(); i++) {
      Configuration extra = enqueue.get(i);
      lines.put("enqueue." + i, extra.id() + " " + Coordinates.brief(List.of(), extra));
    }
    if (space != null) {
      for (Axis axis : space.axes()) {
        int points = sampler.counted() ? 0 : Domains.points(axis.domain());
        lines.put(
            "space." + axis.path(),
            Domains.text(axis.domain()) + (points > 0 ? ", points = " + points : ""));
      }
    }
    return lines;
  }
}
