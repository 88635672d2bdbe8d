package dev.sieve.config;

import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.trial.AxisValue;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An axis and where it stands. */
record PlacedAxis(Axis axis, SourcePosition place) {
  String path() {
    return axis.path();
  }

  Key key() {
    return Keys.require(path());
  }

  /** Smallest and largest value; null for an axis that is not numeric. */
  double @Nullable [] extremes() {
    Domain domain = axis.domain();
    if (domain instanceof Domain.Linear range) {
      return new double[] {range.low(), range.high()};
    }
    if (domain instanceof Domain.Log10 range) {
      return new double[] {range.ends().low(), range.ends().high()};
    }
    if (domain instanceof Domain.Integers range) {
      return new double[] {range.low(), range.high()};
    }
    TreeSet<Double> numbers = new TreeSet<>();
    for (AxisValue value : ((Domain.Values) domain).values()) {
      if (value instanceof AxisValue.Number number) {
        numbers.add(number.value());
      }
    }
    return numbers.isEmpty() ? null : new double[] {numbers.first(), numbers.last()};
  }

  /** Canonical texts of explicit values; empty for a range. */
  Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    if (axis.domain() instanceof Domain.Values values) {
      for (AxisValue value : values.values()) {
        Object read = key().kind().ofAxis(value);
        texts.add(read == null ? value.toString() : key().kind().text(read));
      }
    }
    return texts;
  }
}
