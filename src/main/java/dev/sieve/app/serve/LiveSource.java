package dev.sieve.app.serve;

import dev.sieve.report.page.LiveData;
import dev.sieve.search.results.StudySummary;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the live page. Spark is asked only when the tables' files have changed: however many
 * pages are open, each study is read once a change, and reading takes a fifth of a core's time at
 * most: trials may be running beside it. Safe for several threads.
 */
public final class LiveSource {
  /** After a read so many times its duration without another. */
  private static final int REST = 4;

  private final ReportReader reader;
  private final PageSource pages;
  private final Map<String, String> answers = new HashMap<>();
  private String version = "";
  private long restUntil = System.nanoTime();
  private List<StudySummary> studies = List.of();

  public LiveSource(ReportReader reader, PageSource pages) {
    this.reader = reader;
    this.pages = pages;
  }

  /**
   * What is new.
   *
   * @param study a name, or empty for the study that ran last
   * @param known version that the page has
   * @return null where nothing is new
   * @throws UnknownStudy if there is no study of that name
   */
  public synchronized @Nullable String answer(String study, String known)
      throws IOException, UnknownStudy {
    boolean resting = System.nanoTime() - restUntil < 0;
    String now = resting ? version : reader.version();
    if (!now.isEmpty() && now.equals(known)) {
      return null;
    }
    long begun = System.nanoTime();
    if (!now.equals(version)) {
      studies = reader.studies();
      answers.clear();
      version = now;
    }
    String answer = answer(study);
    long end = System.nanoTime();
    restUntil = end + REST * (end - begun);
    return answer;
  }

  private String answer(String study) throws IOException, UnknownStudy {
    List<String> names = studies.stream().map(StudySummary::study).toList();
    if (names.isEmpty()) {
      return LiveData.json(version, studies, null);
    }
    String wanted = study.isEmpty() ? names.get(0) : study;
    if (!names.contains(wanted)) {
      throw new UnknownStudy();
    }
    String answer = answers.get(wanted);
    if (answer == null) {
      answer = LiveData.json(version, studies, pages.json(wanted));
      answers.put(wanted, answer);
    }
    return answer;
  }

  /** The page asks for a study that the tables do not hold. */
  public static final class UnknownStudy extends Exception {
    UnknownStudy() {
      super("no such study");
    }
  }
}
