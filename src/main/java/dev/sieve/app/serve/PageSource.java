package dev.sieve.app.serve;

import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.model.NpzFile;
import dev.sieve.report.page.ColumnWeights;
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
    Layer layer = network == null ? Layer.NONE : layer(network);
    PageData.Surroundings around =
        new PageData.Surroundings(
            Machine.codeVersion(),
            results,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            layer.classes(),
            layer.images(),
            layer.columns());
    return PageData.json(history, around);
  }

  /**
   * What a weights file tells.
   *
   * @param classes by name; empty where they are not known
   * @param images null where the inputs are none, or there is no file
   * @param columns null where the network did not learn from a table, or there is no file
   */
  private record Layer(
      List<String> classes, @Nullable FirstLayer images, @Nullable ColumnWeights columns) {
    static final Layer NONE = new Layer(List.of(), null, null);
  }

  private static List<String> classNames(String data) {
    if (data.equals(Cifar10.NAME)) {
      return Cifar10.CLASS_NAMES;
    }
    return data.equals(SyntheticImages.NAME) ? SyntheticImages.CLASS_NAMES : List.of();
  }

  private Layer layer(TrialRow network) throws IOException {
    List<String> classes = classNames(network.origin().dataName());
    Layer unknown = new Layer(classes, null, null);
    String model = network.model();
    // The row's text is whoever's wrote the results: no path out of them.
    if (model == null
        || !model.matches("studies/[^/]+/models/[^/]+(/[^/]+)?")
        || model.contains("..")) {
      return unknown;
    }
    try {
      byte[] file = reader.file(model);
      if (file == null) {
        return unknown;
      }
      NpzFile.Values weights = NpzFile.read(file, "W1");
      if (weights == null || weights.shape().size() != 2) {
        throw new IOException("it has no matrix W1");
      }
      int inputs = weights.shape().get(0);
      int units = weights.shape().get(1);
      List<String> names = NpzFile.texts(file, "inputs");
      if (names.isEmpty()) {
        return new Layer(classes, FirstLayer.of(inputs, units, weights.values()), null);
      }
      if (names.size() != inputs) {
        throw new IOException("it has %s names of %s inputs".formatted(names.size(), inputs));
      }
      return new Layer(
          NpzFile.texts(file, "classes"), null, ColumnWeights.of(names, units, weights.values()));
    } catch (IOException e) {
      if (told.add(model)) {
        warning.accept(
            "the weights file %s/%s is damaged: %s. The page is without its picture; train the trial again to have it (submit/sieve show says how)"
                .formatted(results, model, e.getMessage()));
      }
      return unknown;
    }
  }
}
