package dev.sieve.search;

import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study.Ending;
import dev.sieve.trial.Phase;
import java.util.Map;

/** Runs the coarse phase of small studies, and keeps what is heard of them. */
abstract class CoarseRuns {
  final Heard heard = new Heard();

  /** The table that an undisturbed run leaves. */
  final Map<String, String> table(Studies studies, ScriptedExecutor executor)
      throws InterruptedException {
    MemoryTrialStore store = new MemoryTrialStore();
    run(studies, store, executor);
    return store.table();
  }

  final Ending run(Studies studies, MemoryTrialStore store, ScriptedExecutor executor)
      throws InterruptedException {
    return new Study(studies.definition(), store, executor, heard).run(Phase.COARSE);
  }
}
