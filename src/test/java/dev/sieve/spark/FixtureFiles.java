package dev.sieve.spark;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a small results folder as the present version does, to be kept as a fixture of it: run
 * once for each released version, with the folder {@code src/test/resources/tables/VERSION}.
 */
final class FixtureFiles {
  private FixtureFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path dir = Path.of(arguments[0]);
    Trial a = Fixtures.trial(0, 0, 1);
    Trial b = Fixtures.trial(1, 0, 2);
    Trial c = Fixtures.trial(2, 0, 3);
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            SharedSpark.session(), dir.toString(), "demo", "reference", Fixtures.data())) {
      store.save(record(PhaseRow.State.RUNNING));
      store.commit(
          Fixtures.plan(a, b, c),
          List.of(Fixtures.done(a, 0.5), Fixtures.diverged(b), Fixtures.failed(c, Status.FAILED)));
      store.save(record(PhaseRow.State.DONE));
    }
    Files.deleteIfExists(dir.resolve("studies/demo"));
    Files.deleteIfExists(dir.resolve("studies"));
    SharedSpark.session().stop();
  }

  private static PhaseRow record(PhaseRow.State state) {
    TreeMap<String, String> identity = new TreeMap<>();
    identity.put("seed", "1");
    return new PhaseRow(
        "demo", Phase.COARSE, 0, "abc", identity, 3, state, "", "", "study.name = demo\n");
  }
}
