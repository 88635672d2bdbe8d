package dev.sieve.config;

import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.Condition;
import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.network.NetworkSpec;
import dev.sieve.search.space.Limits;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;

/** Rules between settings: what is said must have an effect, and limits must be in order. */
final class CrossKeyRules {
  private static final String ETA = "training.schedule.eta";
  private static final String ETA_MIN = "training.schedule.eta-min";
  private static final String TRAIN = "data.train";
  private static final String VALIDATION = "data.validation";
  private static final String PRECISE = "network.batch-norm.precise-images";

  /** What a Java array holds, with room for rows that are filled up to whole vectors. */
  private static final long MOST_WEIGHTS = 1 << 30;

  private final ParsedStudy document;
  private final List<PhaseView> views;
  private final Problems problems;

  /**
   * @param views one for each phase of the study
   */
  CrossKeyRules(ParsedStudy document, List<PhaseView> views, Problems problems) {
    this.document = document;
    this.views = views;
    this.problems = problems;
  }

  /** What belongs to the kind of data that is read. */
  void source() {
    SourceRules.check(document, problems);
  }

  /** Settings that a file or an override says, for the whole study or one phase. */
  void settings() {
    for (Key key : Keys.settings()) {
      overruled(key);
      Entry base = document.require(key.path());
      // A setting of the whole study may be for one of its phases only.
      boolean effective =
          views.isEmpty() || views.stream().anyMatch(view -> view.unmet(key) == null);
      if (base.explicit() && !effective) {
        refuse(base.place(), key.path(), key, views.get(0));
      }
      for (PhaseView view : views) {
        String path = view.phase().label() + "." + key.path();
        Entry own = document.entry(path);
        if (own != null && view.unmet(key) != null) {
          refuse(own.place(), path, key, view);
        }
      }
    }
  }

  /** A setting that an axis takes the place of, where that cannot be what is wanted. */
  private void overruled(Key key) {
    List<PhaseView> by = views.stream().filter(view -> view.axis(key.path()) != null).toList();
    Entry base = document.require(key.path());
    boolean everywhere = by.size() == views.size();
    // A file's own setting is what a phase without the axis takes, and may be for none.
    if (base.place().isOverride()
        && !base.broken()
        && !by.isEmpty()
        && (everywhere || !key.path().startsWith("network."))) {
      overruled(key, key.path(), base, by.get(0), everywhere);
    }
    for (PhaseView view : by) {
      String path = view.phase().label() + "." + key.path();
      Entry own = document.entry(path);
      if (own != null && own.explicit() && !own.broken()) {
        overruled(key, path, own, view, true);
      }
    }
  }

  private void overruled(Key key, String path, Entry entry, PhaseView view, boolean everywhere) {
    PlacedAxis axis = view.axis(key.path());
    String label = quoted(AxisNames.label(key));
    String phase = view.phase().label();
    boolean own = axis != null && phase.equals("coarse");
    problems.add(
        entry.place(),
        "a setting must not be said where an axis varies it, but %s is an axis of %s (%s); %s"
            .formatted(
                path,
                phase,
                axis == null ? "" : axis.place(),
                everywhere
                    ? own && entry.value() instanceof Number
                        ? "set %s.space.%s.value instead, or remove one".formatted(phase, label)
                        : "change the axis, or remove one"
                    : "say it for the phase that has no such axis, such as final." + key.path()));
  }

  /** Axes of one phase's own space, or values of the final training, by their paths. */
  void axes(PhaseView view, Map<String, SourcePosition> places, String where) {
    places.forEach(
        (path, place) -> {
          Key key = Keys.require(path);
          // Without hidden layers there is nothing to normalise, wherever it is placed. The key has
          // no condition of its own: it is a line of every plan's identity.
          boolean linear =
              path.equals(EqualNetworks.PLACEMENT)
                  && view.always(EqualNetworks.HIDDEN, EqualNetworks.LINEAR);
          if (linear && !where.startsWith("final")) {
            problems.add(
                place,
                "%s.%s needs network.hidden other than [] to have an effect, but got []; change that, or remove %1$s.%2$s"
                    .formatted(where, quoted(AxisNames.label(key))));
          } else if (view.unmet(key) != null) {
            refuse(place, where + "." + quoted(AxisNames.label(key)), key, view);
          }
        });
  }

  private void refuse(SourcePosition place, String what, Key key, PhaseView view) {
    Condition unmet = view.unmet(key);
    if (unmet != null) {
      PlacedAxis axis = view.axis(unmet.path());
      problems.add(
          place,
          "%s needs %s to have an effect, but got %s; change that, or %s"
              .formatted(
                  what,
                  unmet,
                  axis == null
                      ? view.settings().text(unmet.path())
                      : String.join(", ", axis.texts()) + " (" + axis.place() + ")",
                  // The default space goes as a whole when the file has one.
                  place.isDefault() ? "name the axes in coarse.space" : "remove " + what));
    }
  }

  /**
   * η_min ≤ η, and no larger chunk for PreciseBN than there are training images.
   *
   * @param images the most that a data set of the source has
   * @param any the most that one of any source has: fine and final may never be run on a small one
   */
  void limits(int images, int any) {
    Entry train = document.require(TRAIN);
    Entry validation = document.require(VALIDATION);
    fits(train, validation, images);
    for (PhaseView view : views) {
      String phase = view.phase().label() + ".";
      Entry own = document.entry(phase + TRAIN);
      Entry ownValidation = document.entry(phase + VALIDATION);
      boolean first = view.phase() == Phase.COARSE || (own == null && ownValidation == null);
      fits(
          own == null ? train : own,
          ownValidation == null ? validation : ownValidation,
          first ? images : any);
      ordered(view, ETA_MIN, ETA, "lower eta-min or raise eta");
      if (counted(view)) {
        ordered(view, PRECISE, TRAIN, "lower precise-images or raise train");
      }
    }
  }

  /**
   * No network whose weights no array holds, or more memory than there is.
   *
   * @return parameters of the largest that a phase may train
   */
  long networks() {
    long most = 0;
    for (PhaseView view : views) {
      for (List<Integer> hidden : view.shapes()) {
        NetworkSpec network = Settings.plainNetwork(hidden);
        most = Math.max(most, network.parameters());
        if (network.largestMatrix() > MOST_WEIGHTS) {
          problems.add(
              place(view, EqualNetworks.HIDDEN),
              "a layer may have at most %s weights, but network.hidden = %s makes one of %s; lower its widths"
                  .formatted(MOST_WEIGHTS, hidden, network.largestMatrix()));
        }
      }
    }
    return most;
  }

  /** Where a setting ends in a phase: by its own rule, and by the settings beside it. */
  static Limits limits(PhaseView view, Key key) {
    Limits limits = key.kind().limits();
    return switch (key.path()) {
      case ETA ->
          view.unmet(Keys.require(ETA_MIN)) == null
              ? limits.from(view.extremes(ETA_MIN)[1])
              : limits;
      case ETA_MIN -> limits.to(view.extremes(ETA)[0]);
      case PRECISE -> counted(view) ? limits.to(view.extremes(TRAIN)[0]) : limits;
      default -> limits;
    };
  }

  /**
   * No more images than any data set of the source has; which one it is, is known when it is read.
   */
  private void fits(Entry train, Entry validation, int images) {
    long held = validation.value() instanceof Long count ? count : 0;
    long trained = train.value() instanceof Long count ? count : 0;
    boolean sound = !train.broken() && !validation.broken();
    if (sound && trained + held > images && (train.explicit() || validation.explicit())) {
      problems.add(
          train.explicit() ? train.place() : validation.place(),
          "%s + %s <= %s must hold (the training images that there are), but got %s (%s) and %s (%s); lower one of them"
              .formatted(
                  TRAIN, VALIDATION, images, trained, train.place(), held, validation.place()));
    }
  }

  /** Whether it is known before the data are read how many are trained on. */
  private static boolean counted(PhaseView view) {
    return view.settings().values().get(TRAIN) instanceof Long;
  }

  private void ordered(PhaseView view, String small, String large, String remedy) {
    boolean known = !view.doubtful().contains(small) && !view.doubtful().contains(large);
    if (!known || view.unmet(Keys.require(small)) != null) {
      return;
    }
    double highestSmall = view.extremes(small)[1];
    double lowestLarge = view.extremes(large)[0];
    if (highestSmall <= lowestLarge) {
      return;
    }
    SourcePosition smallAt = place(view, small);
    SourcePosition largeAt = place(view, large);
    problems.add(
        smallAt.isDefault() ? largeAt : smallAt,
        "%s <= %s must hold, but got %s (%s) and %s (%s); %s"
            .formatted(
                small,
                large,
                shown(small, highestSmall),
                smallAt,
                shown(large, lowestLarge),
                largeAt,
                remedy));
  }

  private SourcePosition place(PhaseView view, String path) {
    PlacedAxis axis = view.axis(path);
    if (axis != null) {
      return axis.place();
    }
    Entry own = document.entry(view.phase().label() + "." + path);
    return own == null ? document.require(path).place() : own.place();
  }

  private static String shown(String path, double value) {
    Object read = Keys.require(path).kind().read(value);
    return read == null ? Double.toString(value) : Keys.require(path).kind().text(read);
  }

  private static String quoted(String label) {
    return label.contains(".") ? '"' + label + '"' : label;
  }
}
