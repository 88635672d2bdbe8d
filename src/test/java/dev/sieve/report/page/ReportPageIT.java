package dev.sieve.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sieve.browser.Chromium;
import dev.sieve.search.results.StudyHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a browser shows it. */
class ReportPageIT {
  private static final int MEGABYTE = 1_000_000;

  @TempDir static Path scratch;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), Chromium.MISSING);
    browser = new Chromium(executable.get(), Files.createTempDirectory(scratch, "profile"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  /** Writes and opens a report; whatever it is of, nothing fails and nothing is asked for. */
  private static Path open(StudyHistory history) throws IOException {
    Path file = Files.createTempFile(scratch, "report", ".html");
    String data = PageData.json(history, Histories.around());
    Files.writeString(file, ReportPage.report(history.study(), data));
    browser.resize(1280, 900);
    browser.prefer("light");
    browser.open(file.toUri().toString());
    browser.evaluate("sieve.drawAll()");
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
    return file;
  }

  private static int count(String selector) {
    return browser.evaluate("document.querySelectorAll('" + selector + "').length").asInt();
  }

  /** How many charts have marks; those of canvas have painted pixels. */
  private static void assertEveryChartHasMarks() {
    JsonNode marks =
        browser.evaluate(
            """
            Object.fromEntries(sieve.charts.map(c => {
              const canvas = c.plot.querySelector('canvas');
              const painted = canvas && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(v => v > 0);
              return [c.spec.id, canvas ? (painted ? 100 : 0) : c.plot.querySelectorAll('svg path').length];
            }))""");
    marks
        .fields()
        .forEachRemaining(e -> assertThat(e.getValue().asInt()).as(e.getKey()).isGreaterThan(8));
  }

  @Test
  void everyChartOfAFinishedStudyHasMarks() throws IOException {
    open(Histories.finished("demo", 30, 4, 5));

    assertThat(count("figure")).isEqualTo(14);
    assertEveryChartHasMarks();
    assertThat(count(".plot[role=img][aria-label]")).isEqualTo(13);
    assertThat(count(".weights canvas")).isEqualTo(2);
    assertThat(browser.evaluate("document.getElementById('picked').innerText").asText())
        .contains("λ", "η", "σ", "fine, trial 6", "c2");
  }

  @Test
  void headingsSortAndFiltersFilter() throws IOException {
    open(Histories.finished("demo", 30, 4, 5));
    String sort = "document.querySelector('[data-sort=\"axis-0\"]')";

    browser.evaluate(sort + ".click()");
    assertThat(browser.evaluate(sort + ".closest('th').getAttribute('aria-sort')").asText())
        .isEqualTo("descending");
    browser.evaluate(sort + ".click()");
    assertThat(browser.evaluate(sort + ".closest('th').getAttribute('aria-sort')").asText())
        .isEqualTo("ascending");
    assertThat(browser.evaluate("document.activeElement === " + sort).asBoolean()).isTrue();
    JsonNode lambdas =
        browser.evaluate(
            "[...document.querySelectorAll('#trial-table tbody tr')].map(r => Number(r.cells[5].textContent))");
    assertThat(lambdas).hasSize(44);
    for (int i = 1; i < lambdas.size(); i++) {
      assertThat(lambdas.get(i).asDouble()).isGreaterThanOrEqualTo(lambdas.get(i - 1).asDouble());
    }

    browser.evaluate(
        "{ const phase = document.getElementById('filter-phase'); phase.value = 'final'; phase.dispatchEvent(new Event('change')); }");
    assertThat(count("#trial-table tbody tr")).isEqualTo(2);
    assertThat(browser.evaluate("document.getElementById('trial-count').textContent").asText())
        .isEqualTo("2 of 44 trials");
    browser.evaluate("document.querySelector('#trial-table tbody input').click()");
    assertThat(browser.evaluate("document.getElementById('curve-trials').value").asText())
        .isEqualTo("chosen");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void brushingAnAxisKeepsItsTrials() throws IOException {
    open(Histories.finished("demo", 30, 4, 5));
    JsonNode axis =
        browser.evaluate(
            """
            (() => {
              const chart = sieve.charts.find(c => c.spec.id === 'parallel');
              chart.plot.scrollIntoView({ block: 'center', behavior: 'instant' });
              const at = chart.plot.getBoundingClientRect();
              return { x: at.left + 40, top: at.top + 44, bottom: at.bottom - 24 };
            })()""");
    double top = axis.get("top").asDouble();
    double half = (top + axis.get("bottom").asDouble()) / 2;

    browser.drag(axis.get("x").asDouble(), top, axis.get("x").asDouble(), half - 5);
    browser.await("sieve.state.brushed && sieve.state.brushed.size > 0");
    int kept = browser.evaluate("sieve.state.brushed.size").asInt();
    int above =
        browser
            .evaluate(
                "sieve.data.searched.filter(t => sieve.position(sieve.data.axes[0], t.x[0]) > -2.95).length")
            .asInt();
    assertThat(kept).isEqualTo(above).isLessThan(42);
    assertThat(browser.evaluate("document.getElementById('trial-count').textContent").asText())
        .isEqualTo(kept + " of 44 trials, brushed");
  }

  @Test
  void whatIsStoredIsNeverRun() throws IOException {
    String hostile =
        "</script><script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">";
    open(Histories.running(hostile, hostile));
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.evaluate(
        "sieve.charts.filter(c => ['history', 'curves', 'slice-0'].includes(c.spec.id)).forEach(c => c.instance.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: 0 }))");

    assertThat(browser.evaluate("window.hacked === undefined").asBoolean()).isTrue();
    assertThat(browser.evaluate("document.getElementById('title').textContent").asText())
        .isEqualTo(hostile);
    assertThat(browser.evaluate("document.getElementById('trials').innerText").asText())
        .contains("onerror");
    assertThat(count("img")).isZero();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void emptyAndHalvingStudiesAreShown() throws IOException {
    open(Histories.empty("nothing"));
    assertThat(count("section")).isPositive();
    assertThat(count("#figure-rungs")).isZero();

    open(Histories.halving("halving"));
    browser.await("document.querySelectorAll('#plot-rungs svg path').length > 8");
  }

  @Test
  void aPhoneAndTheDarkAreServedToo() throws IOException {
    open(Histories.finished("demo", 30, 4, 5));
    browser.resize(390, 844);
    browser.prefer("dark");
    browser.await("document.documentElement.scrollWidth <= 390");
    browser.await(
        "getComputedStyle(document.body.parentElement).backgroundColor === 'rgb(15, 19, 25)'");
    browser.evaluate("sieve.drawAll()");
    assertEveryChartHasMarks();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aThousandTrialsOpenAtOnce() throws IOException {
    StudyHistory history = Histories.finished("large", 799, 67, 20);
    assertThat(history.trials().size()).isEqualTo(1002);
    Path file = open(history);

    assertThat(Files.size(file)).isLessThan(5L * MEGABYTE);
    double painted =
        browser
            .evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            .asDouble();
    assertThat(painted).isBetween(1.0, 1000.0);
    assertEveryChartHasMarks();
    assertThat(count("#trial-table tbody tr")).isEqualTo(100);
  }
}
