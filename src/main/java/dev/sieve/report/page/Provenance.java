package dev.sieve.report.page;

import dev.sieve.report.page.PageData.Surroundings;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.trial.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the figures come from, as pairs of a name and a text. */
final class Provenance {
  private final StudyHistory history;
  private final Surroundings around;
  private final List<List<String>> lines = new ArrayList<>();

  Provenance(StudyHistory history, Surroundings around) {
    this.history = history;
    this.around = around;
  }

  List<List<String>> json() {
    line("study", history.study());
    line("seed", of(t -> Long.toString(t.origin().seed())));
    line("data set", of(t -> t.origin().dataName()));
    line("data fingerprint", of(t -> t.origin().dataFingerprint()));
    line("engine", of(t -> t.origin().engine()));
    line("numerics version", of(t -> Integer.toString(t.origin().numerics())));
    line("kernels", run(RunInfo::provider));
    line("vector width", run(r -> r.vectorBits() == 0 ? "" : r.vectorBits() + " bits"));
    line("hosts", run(RunInfo::host));
    line("JVM", run(RunInfo::jvm));
    line("collector", run(RunInfo::collector));
    line("compiler", run(RunInfo::compiler));
    line("Spark", run(RunInfo::spark));
    line("Sieve", run(RunInfo::version));
    history
        .phases()
        .forEach(
            phase -> line("plan of " + PageData.name(phase.phase(), phase.level()), phase.plan()));
    line("results", around.results());
    line("report made", around.generated() + " by Sieve " + around.version());
    return lines;
  }

  private void line(String name, String text) {
    if (!text.isEmpty()) {
      lines.add(List.of(name, text));
    }
  }

  private String of(Function<TrialRow, String> text) {
    return history.trials().stream()
        .map(text)
        .filter(one -> !one.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String run(Function<RunInfo, String> text) {
    return history.trials().stream()
        .map(TrialRow::run)
        .filter(Objects::nonNull)
        .map(text)
        .filter(one -> !one.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
