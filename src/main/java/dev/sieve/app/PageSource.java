package dev.sieve.app;

import dev.sieve.data.Cifar10;
import dev.sieve.data.SyntheticImages;
import dev.sieve.model.NpzFile;
import dev.sieve.report.page.FirstLayer;
import dev.sieve.report.page.PageData;
import dev.sieve.search.StudyHistory;
import dev.sieve.search.TrialRecord;
import dev.sieve.spark.ReportReader;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A study's page data: the tables' rows, and what lies beside them in the results. */
final class PageSource {
  private final ReportReader reader;
  private final String results;

  /**
   * @param results the folder as the user wrote it
   */
  PageSource(ReportReader reader, String results) {
    this.reader = reader;
    this.results = results;
  }

  /** A study's page data; null for a study that the tables do not have. */
  @Nullable String json(String study) throws IOException {
    StudyHistory history = reader.read(study);
    if (history.phases().isEmpty() && history.trials().isEmpty()) {
      return null;
    }
    TrialRecord network = PageData.finalTrial(history);
    PageData.Surroundings around =
        new PageData.Surroundings(
            VersionCommand.version(),
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
    byte[] file = model == null ? null : reader.file(model);
    NpzFile.Values weights = file == null ? null : NpzFile.read(file, "W1");
    return weights == null
        ? null
        : FirstLayer.of(weights.shape().get(0), weights.shape().get(1), weights.values());
  }
}
