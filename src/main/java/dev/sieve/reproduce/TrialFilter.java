package dev.sieve.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which trials of a study are meant, by their effective settings: {@code training.lambda=0.0005;
 * network.hidden=[50,50]}. Numbers compare as numbers, lists without their spaces. {@code phase} is
 * coarse, fine or final.
 */
record TrialFilter(Map<String, String> values) {
  private static final double SAME = 1e-9;
  private static final Map<String, String> SHORT =
      Map.of(
          "lambda", "training.lambda",
          "eta", "training.schedule.eta",
          "sigma", "network.init.sigma",
          "hidden", "network.hidden",
          "bn", "network.batch-norm.placement",
          "init", "network.init.weights",
          "momentum", "training.optimiser.momentum");

  static TrialFilter of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split(";")) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("a condition must be path=value, but got " + part);
      }
      String path = part.substring(0, equals).strip();
      values.put(SHORT.getOrDefault(path, path), part.substring(equals + 1).strip());
    }
    return new TrialFilter(values);
  }

  /** Both conditions. */
  TrialFilter and(String text) {
    Map<String, String> both = new LinkedHashMap<>(values);
    both.putAll(of(text).values());
    return new TrialFilter(both);
  }

  boolean matches(EvidenceRow trial) {
    return values.entrySet().stream().allMatch(e -> matches(trial, e.getKey(), e.getValue()));
  }

  private static boolean matches(EvidenceRow trial, String path, String wanted) {
    String actual = path.equals("phase") ? trial.phase() : trial.settings().get(path);
    if (actual == null) {
      return false;
    }
    try {
      double a = Double.parseDouble(actual);
      double w = Double.parseDouble(wanted);
      return Math.abs(a - w) <= SAME * Math.max(Math.abs(a), Math.abs(w));
    } catch (NumberFormatException e) {
      return actual.replace(" ", "").equals(wanted.replace(" ", ""));
    }
  }
}
