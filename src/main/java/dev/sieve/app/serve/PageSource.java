package dev.sieve.app.serve;

import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.model.NpzFile;
import dev.sieve.report.page.FirstLayer;
import dev.sieve.report.page.PageData;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.store.Machine;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A study's page data: the tables' rows, and what lies beside them in the results. */
public final class PageSource {
  private final ReportReader reader;
  private final String results;
  private final Consumer<String> warning;
  private final Set<String> told = new HashSet<>();

  /**
   * @param results the folder, absolute
   * @param warning takes a line for people on what a page is without
   */
  public PageSource(ReportReader reader, String results, Consumer<String> warning) {
    this.reader = reader;
    this.results = results;
    this.warning = warning;
  }

  /** A study's page data; null for a study that the tables do not have. */
  public @Nullable String json(String study) throws IOException {
    StudyHistory history = reader.read(study);
    if (history.phases().isEmpty() && history.trials().isEmpty()) {
      return null;
    }
    TrialRow network = PageData.finalTrial(history);
    PageData.Surroundings around =
        new PageData.Surroundings(
            Machine.codeVersion(),
            results,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            network == null ? List.of() : classNames(network.origin().dataName()),
            network == null ? null : layer(network.model()));
    return PageData.json(history, around);
  }

  private static List<String> classNames(String data) {
    if (data.equals(Cifar10.NAME)) {
      return Cifar10.CLASS_NAMES;
    }
    return data.equals(SyntheticImages.NAME) ? SyntheticImages.CLASS_NAMES : List.of();
  }

  /** The first layer of a weights file; null where there is none, or its inputs are no images. */
  private @Nullable FirstLayer layer(@Nullable String model) throws IOException {
    // The row's text is whoever's wrote the results: no path out of them.
    if (model == null
        || !model.matches("studies/[^/]+/models/[^/]+(/[^/]+)?")
        || model.contains("..")) {
      return null;
    }
    try {
      byte[] file = reader.file(model);
      if (file == null) {
        return null;
      }
      NpzFile.Values weights = NpzFile.read(file, "W1");
      if (weights == null || weights.shape().size() != 2) {
        throw new IOException("it has no matrix W1");
      }
      return FirstLayer.of(weights.shape().get(0), weights.shape().get(1), weights.values());
    } catch (IOException e) {
      if (told.add(model)) {
        warning.accept(
            "the weights file %s/%s is damaged: %s. The page is without its picture; train the trial again to have it (submit/sieve show says how)"
                .formatted(results, model, e.getMessage()));
      }
      return null;
    }
  }
}
