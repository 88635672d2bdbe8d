package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the three phases, noting what does not fit together. */
final class PhaseReader {
  private final ParsedStudy document;
  private final Problems problems;
  private final List<PlacedAxis> coarseAxes;
  private final List<PlacedAxis> fineAxes;
  private final Map<String, SourcePosition> finalPlaces = new LinkedHashMap<>();
  private final @Nullable Configuration finalValues;
  private final PointReader points;

  PhaseReader(ParsedStudy document, Problems problems) {
    this.document = document;
    this.problems = problems;
    this.points = new PointReader(document, problems);
    SpaceReader spaces = new SpaceReader(document, problems);
    this.coarseAxes = has(Phase.COARSE) ? spaces.axes("coarse", certain("coarse")) : List.of();
    this.fineAxes =
        has(Phase.FINE) && document.hasOwn("fine", "space")
            ? spaces.axes("fine", certain("fine"))
            : List.of();
    this.finalValues =
        has(Phase.FINAL) && document.hasOwn("final", "values") ? spaces.values(finalPlaces) : null;
  }

  boolean has(Phase phase) {
    return document.phases().contains(phase);
  }

  /** The axes that a phase's configurations have values for. */
  List<PlacedAxis> axes(Phase phase) {
    List<PlacedAxis> search = fineAxes.isEmpty() ? coarseAxes : fineAxes;
    return switch (phase) {
      case COARSE -> coarseAxes;
      case FINE -> search;
      case FINAL -> finalValues == null ? search : fixed(finalValues);
    };
  }

  /** Paths and places of what a phase's own section lays over its settings. */
  Map<String, SourcePosition> places(Phase phase) {
    if (phase == Phase.FINAL) {
      return finalPlaces;
    }
    Map<String, SourcePosition> places = new LinkedHashMap<>();
    (phase == Phase.COARSE ? coarseAxes : fineAxes)
        .forEach(axis -> places.put(axis.path(), axis.place()));
    return places;
  }

  @Nullable CoarseSpec coarse() {
    if (!has(Phase.COARSE)) {
      return null;
    }
    SamplerKind sampler = sampler("coarse");
    Space space = space("coarse", coarseAxes);
    int configurations = configurations("coarse", sampler, coarseAxes);
    new Sizes(document, problems).check("coarse", certain("coarse"), space, configurations);
    return new CoarseSpec(
        sampler,
        configurations,
        document.whole("coarse.replicates"),
        space,
        points.enqueue("coarse", space));
  }

  @Nullable FineSpec fine() {
    if (!has(Phase.FINE)) {
      return null;
    }
    SamplerKind sampler = sampler("fine");
    boolean explicit = !fineAxes.isEmpty() || document.hasOwn("fine", "space");
    if (!explicit && !has(Phase.COARSE) && !meant("coarse", "fine.space")) {
      problems.add(
          document.place("fine"),
          "fine must have a coarse phase to zoom into or axes of its own, but the file has neither; add coarse { } or fine.space");
    }
    if (explicit) {
      for (String path :
          List.of(
              "fine.top",
              "fine.zoom.shrink",
              "fine.zoom.margin",
              "fine.zoom.clip",
              "fine.points",
              "fine.levels")) {
        refuseBeside(path, "fine.space", "fine has a space of its own");
      }
    }
    if (!explicit) {
      refuseBeside("fine.constraints", "a zoom", "fine keeps those of coarse");
    }
    Space space = explicit ? space("fine", fineAxes) : space("coarse", coarseAxes);
    int configurations = configurations("fine", sampler, explicit ? fineAxes : List.of());
    Sizes sizes = new Sizes(document, problems);
    if (explicit) {
      sizes.check("fine", certain("fine"), space, configurations);
    } else {
      sizes.checkZoom(certain("fine"), space, configurations);
    }
    return new FineSpec(
        document.whole("fine.top"),
        zoom(),
        sampler,
        configurations,
        document.whole("fine.replicates"),
        explicit ? 0 : points(sampler),
        explicit ? space : null,
        points.enqueue("fine", space),
        document.whole("fine.levels"));
  }

  @Nullable FinalSpec last() {
    if (!has(Phase.FINAL)) {
      return null;
    }
    Integer trial = document.wholeOrNull("final.trial");
    if (finalValues != null) {
      refuseBeside("final.top", "final.values", "explicit values are trained");
      refuseBeside("final.trial", "final.values", "explicit values are trained");
    } else if (!has(Phase.COARSE) && !has(Phase.FINE) && !meant("coarse", "fine", "final.values")) {
      problems.add(
          document.place("final"),
          "final must have a phase to pick from or values of its own, but the file has neither; add coarse { }, or final.values { } for the file's own settings");
    }
    if (trial != null) {
      refuseBeside("final.top", "final.trial", "a named trial is trained");
    }
    new Sizes(document, problems).checkFinal(trial == null && finalValues == null);
    return new FinalSpec(
        document.whole("final.top"), document.whole("final.replicates"), trial, finalValues);
  }

  /** Whether an unknown key stands for one of these sections. */
  private boolean meant(String... sections) {
    return Arrays.stream(sections).anyMatch(document::doubtful);
  }

  private Zoom zoom() {
    boolean clip = document.flag("fine.zoom.clip");
    Entry margin = document.entry("fine.zoom.margin");
    if (margin == null || !(margin.value() instanceof Double decades)) {
      return new Zoom.Boxes((Double) document.require("fine.zoom.shrink").value(), clip);
    }
    refuseBeside("fine.zoom.shrink", "fine.zoom.margin", "margin makes one box, shrink a box each");
    return new Zoom.Range(decades, clip);
  }

  private int points(SamplerKind sampler) {
    Integer points = document.wholeOrNull("fine.points");
    if (certain("fine") == null || document.doubtful("fine.points")) {
      return points == null ? 1 : points;
    }
    if (sampler.counted()) {
      refuseBeside(
          "fine.points", "fine.sampler = " + sampler.label(), "it draws from the whole range");
      return 0;
    }
    int least = sampler == SamplerKind.GRID ? 2 : 1;
    if (points == null ? !document.says("fine.points") : points < least) {
      problems.add(
          document.says("fine.points")
              ? document.require("fine.points").place()
              : document.require("fine.sampler").place(),
          "fine.sampler = %s must know how many points an axis of a box gives, but fine.points is %s; give fine.points = n, n >= %s"
              .formatted(sampler.label(), points == null ? "missing" : points, least));
    }
    return points == null ? least : points;
  }

  private int configurations(String phase, SamplerKind sampler, List<PlacedAxis> axes) {
    String path = phase + ".configurations";
    if (certain(phase) == null || document.doubtful(path)) {
      if (forgotten(phase)) {
        problems.add(
            document.require(path).place(),
            "%s needs a sampler that draws, but %s.sampler is %s, the default; give %s.sampler = random, sobol, tpe or gp, or remove %s"
                .formatted(path, phase, sampler.label(), phase, path));
      }
      return 1;
    }
    if (!sampler.counted()) {
      refuseBeside(path, phase + ".sampler = " + sampler.label(), "the points of the axes say it");
      return 0;
    }
    Integer count = document.wholeOrNull(path);
    if (count == null) {
      if (!document.says(path)) {
        problems.add(
            document.require(phase + ".sampler").place(),
            "%s.sampler = %s must know how many to draw, but %s is missing; give %s = n"
                .formatted(phase, sampler.label(), path, path));
      }
      return 1;
    }
    double possible = combinations(axes);
    if (count > possible) {
      problems.add(
          document.require(path).place(),
          String.format(
              Locale.ROOT,
              "%s <= %.0f must hold, the number of different combinations of the axes, but got %s; lower it or use sampler = grid",
              path,
              possible,
              count));
    }
    return count;
  }

  /** Different configurations that a space has; infinite with a continuous axis. */
  private static double combinations(List<PlacedAxis> axes) {
    double product = axes.isEmpty() ? Double.POSITIVE_INFINITY : 1;
    for (PlacedAxis placed : axes) {
      Domain domain = placed.axis().domain();
      if (domain instanceof Domain.Values values) {
        product *= values.values().size();
      } else if (domain instanceof Domain.Integers range) {
        product *= (double) range.high() - range.low() + 1;
      } else {
        return Double.POSITIVE_INFINITY;
      }
    }
    return product;
  }

  private void refuseBeside(String path, String other, String reason) {
    if (document.says(path)) {
      problems.add(
          document.require(path).place(),
          "%s must not stand beside %s, where it has no effect (%s); remove one"
              .formatted(path, other, reason));
    }
  }

  /** The sampler, or null where the file's own is wrong, which is noted. */
  private @Nullable SamplerKind certain(String phase) {
    boolean known = !document.doubtful(phase + ".sampler") && !forgotten(phase);
    return known ? sampler(phase) : null;
  }

  /** Whether a number of configurations stands there without the sampler that draws them. */
  private boolean forgotten(String phase) {
    return !document.says(phase + ".sampler")
        && !document.doubtful(phase + ".sampler")
        && document.says(phase + ".configurations")
        && !document.doubtful(phase + ".configurations")
        && !sampler(phase).counted();
  }

  private SamplerKind sampler(String phase) {
    String label = document.text(phase + ".sampler");
    for (SamplerKind kind : SamplerKind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new AssertionError("no sampler " + label);
  }

  private Space space(String phase, List<PlacedAxis> axes) {
    List<Axis> plain = new ArrayList<>();
    axes.forEach(axis -> plain.add(axis.axis()));
    return new Space(plain, points.constraints(phase, plain));
  }

  private List<PlacedAxis> fixed(Configuration configuration) {
    List<PlacedAxis> axes = new ArrayList<>();
    for (Map.Entry<String, AxisValue> value : configuration.values().entrySet()) {
      Axis axis =
          new Axis(value.getKey(), value.getKey(), new Domain.Values(List.of(value.getValue())));
      axes.add(
          new PlacedAxis(
              axis, finalPlaces.getOrDefault(value.getKey(), document.place("final", "values"))));
    }
    return axes;
  }
}
