package dev.sieve.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Rows of text: CSV, conditions, tables, charts. */
class TextTest {
  @Test
  void csvKeepsQuotesCommasAndLineBreaks() {
    List<String> cells = List.of("a,b", "say \"hi\"", "two\nlines", "", "λ");
    String text = Csv.line(List.of("1", "2", "3", "4", "5")) + Csv.line(cells);
    assertThat(List.copyOf(Csv.parse(text).get(0).values())).isEqualTo(cells);
    assertThat(Csv.parse("x,y\n1,2").get(0)).isEqualTo(Map.of("x", "1", "y", "2"));
    assertThatThrownBy(() -> Csv.parse("x,y\n1\n")).hasMessageContaining("2 cells");
  }

  @Test
  void conditionsCompareNumbersAsNumbers() {
    EvidenceRow trial = trial(Map.of("training.lambda", "5.0E-4", "network.hidden", "[50, 30]"));
    assertThat(TrialFilter.of("lambda=.0005;hidden=[50,30]").matches(trial)).isTrue();
    assertThat(TrialFilter.of("training.lambda=0.000501").matches(trial)).isFalse();
    assertThat(TrialFilter.of("sigma=1").matches(trial)).isFalse();
    assertThat(TrialFilter.of("phase=coarse").matches(trial)).isTrue();
    assertThat(TrialFilter.of("").matches(trial)).isTrue();
    assertThat(TrialFilter.of("lambda=.0005").and("phase=fine").matches(trial)).isFalse();
    assertThatThrownBy(() -> TrialFilter.of("lambda")).hasMessageContaining("path=value");
  }

  private static EvidenceRow trial(Map<String, String> settings) {
    return new EvidenceRow("s", "coarse", "c", 0, "done", settings, Map.of(), null, null);
  }

  @Test
  void markdownAndHtmlCannotBeBrokenOutOf() {
    List<List<String>> rows = List.of(List.of("a|b", "<script>alert(\"1\")</script>"));
    assertThat(Tables.markdown(List.of("x", "y"), rows)).contains("a\\|b");
    assertThat(Tables.html(List.of("<x>", "y"), rows, 0))
        .contains("&lt;x&gt;")
        .contains("&lt;script&gt;alert(&quot;1&quot;)")
        .doesNotContain("<script");
  }

  @Test
  void chartsAreWellFormedAndOnScale()
      throws ParserConfigurationException, IOException, SAXException {
    LineChart.Line line =
        new LineChart.Line(
            "train & <more>",
            List.of(new LineChart.Point(0, 1, 0.5, 2), new LineChart.Point(10, 3, 2, 4)));
    LineChart chart = new LineChart("\"title\" <1>", "step", "loss", List.of(line));
    LineChart.Range range = LineChart.range(List.of(chart));
    assertThat(range).isEqualTo(new LineChart.Range(0.5, 4));
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(chart.svg(new LineChart.Range(0.5, 4)))));
    assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo("\"title\" <1>");
    String path = "";
    for (int i = 0; i < svg.getElementsByTagName("path").getLength(); i++) {
      org.w3c.dom.Element element = (org.w3c.dom.Element) svg.getElementsByTagName("path").item(i);
      path = element.getAttribute("class").equals("line") ? element.getAttribute("d") : path;
    }
    // From the left axis at 1 (a seventh of the way up) to the right end at 3 (five sevenths).
    assertThat(path).isEqualTo("M52.0 201.4L448.0 87.1");
    assertThat(LineChart.range(List.of(new LineChart("", "", "", List.of())))).isNull();
  }

  @Test
  void ticksAreRoundAndInside() {
    assertThat(LineChart.ticks(new LineChart.Range(0, 1)))
        .hasSize(6)
        .allSatisfy(
            tick ->
                assertThat(tick * 5)
                    .isCloseTo(Math.rint(tick * 5), org.assertj.core.api.Assertions.within(1e-9)));
    assertThat(LineChart.ticks(new LineChart.Range(-3, 17))).containsExactly(0.0, 5.0, 10.0, 15.0);
    assertThat(new LineChart.Range(2, 2).high()).isGreaterThan(2);
  }
}
