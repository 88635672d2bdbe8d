package dev.sieve.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sieve.search.results.StudyHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the page is given, read back by a parser that is not ours. */
class PageDataTest {
  private static final String HOSTILE =
      "</script><script>alert('1')</script> & \"\u2028\u2029\\ \ud83d\ude00 {{data}}";

  private static JsonNode page(StudyHistory history) throws IOException {
    return new ObjectMapper().readTree(PageData.json(history, Histories.around()));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  @Test
  void jsonIsReadBackAsItWas() throws IOException {
    Map<String, Object> value =
        Map.of(
            "list",
            Arrays.asList(1, 2.5, null, true, "a\tb\n\u0000"),
            "numbers",
            new double[] {1, 0.123456789, Double.NaN, -1e-300},
            HOSTILE,
            Map.of());
    JsonNode read = new ObjectMapper().readTree(Json.text(value));

    assertThat(read.get("list").toString()).isEqualTo("[1,2.5,null,true,\"a\\tb\\n\\u0000\"]");
    assertThat(read.get("numbers").get(1).asDouble()).isEqualTo(0.123457);
    assertThat(read.get("numbers").get(2).isNull()).isTrue();
    assertThat(read.get("numbers").get(3).asDouble()).isEqualTo(-1e-300);
    assertThat(read.has(HOSTILE)).isTrue();
    assertThatThrownBy(() -> Json.text(new Object()))
        .hasMessage("a value of JSON cannot be a class java.lang.Object");
  }

  @Test
  void noTextEndsTheScriptThatItStandsIn() {
    String json = PageData.json(Histories.running(HOSTILE, HOSTILE), Histories.around());

    assertThat(json)
        .doesNotContain("<", ">", "&", "'", "\u2028", "\u2029")
        .contains("\\u003C/script");
  }

  @Test
  void hostileTextStaysText() throws IOException {
    JsonNode page = page(Histories.running(HOSTILE, HOSTILE));

    assertThat(page.get("study").asText()).isEqualTo(HOSTILE);
    assertThat(page.get("trials").get("error").get(2).asText()).isEqualTo(HOSTILE);
  }

  @Test
  void aPageHoldsItsDataOnceAndItsTitleEscaped() {
    String json = PageData.json(Histories.empty(HOSTILE), Histories.around());
    String page = ReportPage.report(HOSTILE, json);

    assertThat(page)
        .contains(
            "<title>&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;")
        .contains("connect-src 'none'")
        .doesNotContain("<script>alert")
        .containsOnlyOnce(json);
    assertThat(page.replaceAll("(?s)<script>.*?</script>", "")).doesNotContain("src=", "{{mode}}");
  }

  @Test
  void aFinishedStudyHasEveryPart() throws IOException {
    JsonNode page = page(Histories.finished("demo", 30, 4, 5));

    assertThat(page.get("axes").findValuesAsText("label")).containsExactly("λ", "η", "σ");
    assertThat(page.get("axes").get(0).get("low").asDouble()).isEqualTo(1e-5);
    assertThat(page.get("axes").get(2).get("log").asBoolean()).isTrue();
    assertThat(page.get("trials").get("trial")).hasSize(44);
    assertThat(page.get("curves")).hasSize(44);
    assertThat(page.get("curves").get(0)).hasSize(9);
    assertThat(page.get("curves").get(0).get(0).toString()).isEqualTo("[0,1,2,3,4,5]");
    assertThat(page.get("pick").get("configuration").asText()).isEqualTo("c2");
    assertThat(page.get("importance").findValuesAsText("name")).containsExactly("coarse", "fine");
    assertThat(page.get("final").get("set").asText()).isEqualTo("test");
    assertThat(page.get("final").get("replicate").asInt()).isEqualTo(1);
    assertThat(texts(page.get("final").get("classes"))).containsExactly("cat", "dog");
    assertThat(page.get("final").get("layer").get("side").asInt()).isEqualTo(4);
    assertThat(page.get("provenance").toString()).contains("[\"data set\",\"cifar-10\"]", "1.2.3");
  }

  @Test
  void theBoxesAreThoseOfTheTables() throws IOException {
    JsonNode phases = page(Histories.finished("demo", 30, 4, 5)).get("phases");

    JsonNode coarse = phases.get(0).get("boxes").get(0);
    assertThat(coarse.get("training.lambda").toString()).isEqualTo("[1.0E-5,0.1]");
    assertThat(coarse.get("network.init.sigma").toString())
        .as("explicit values: from the trials")
        .isEqualTo("[0.001,0.01]");
    JsonNode fine = phases.get(1).get("boxes");
    assertThat(fine).hasSize(1);
    assertThat(fine.get(0).get("training.lambda").toString()).isEqualTo("[1.0E-4,0.001]");
    assertThat(phases.get(2).get("boxes")).isEmpty();
  }

  @Test
  void whatHasNoFigureIsNull() throws IOException {
    JsonNode page = page(Histories.running("demo", "java.lang.Boom\n\tat x"));

    JsonNode accuracies = page.get("trials").get("validationAccuracy");
    assertThat(accuracies.get(0).isNumber()).isTrue();
    assertThat(accuracies.get(1).isNull()).isTrue();
    assertThat(page.get("trials").get("divergedEpoch").get(1).asInt()).isEqualTo(2);
    assertThat(page.get("curves").get(2).get(0)).isEmpty();
    assertThat(page.get("pick").isNull()).isTrue();
    assertThat(page.get("final").isNull()).isTrue();
    assertThat(page.get("rungs")).isEmpty();
  }

  @Test
  void rungsAreThereOnlyWhereTrialsStopped() throws IOException {
    JsonNode rungs = page(Histories.halving("demo")).get("rungs");

    assertThat(rungs).hasSize(12);
    assertThat(rungs.get(0).toString()).isEqualTo("[\"coarse\",0,0,\"paused\",2,0.3]");
    assertThat(rungs.get(1).toString()).isEqualTo("[\"coarse\",0,1,\"done\",6,0.4]");
  }

  @Test
  void anEmptyStudyIsAPageToo() throws IOException {
    JsonNode page = page(Histories.empty("demo"));

    for (String part : List.of("axes", "phases", "curves", "rungs", "boards", "importance")) {
      assertThat(page.get(part)).as(part).isEmpty();
    }
    assertThat(page.get("trials").get("trial")).isEmpty();
  }

  @Test
  void weightsBecomeBytesPlaneByPlane() {
    // 12 inputs: three planes of 2 x 2; one unit whose red is 1, green 0, blue -1.
    double[] weights = new double[24];
    for (int i = 0; i < 4; i++) {
      weights[2 * i] = 1;
      weights[2 * (8 + i)] = -1;
      weights[2 * i + 1] = 0.5 * i;
    }
    FirstLayer layer = Objects.requireNonNull(FirstLayer.of(12, 2, weights));

    assertThat(List.of(layer.units(), layer.side(), layer.channels())).containsExactly(2, 2, 3);
    assertThat(Arrays.copyOf(layer.pixels(), 6)).containsExactly(-1, -128, 1, -1, -128, 1);
    assertThat(layer.pixels()[12 + 9]).as("red of unit 2's last pixel").isEqualTo((byte) -1);
    assertThat(FirstLayer.of(5, 1, new double[5])).as("no image").isNull();
    assertThatThrownBy(() -> FirstLayer.of(4, 2, weights))
        .hasMessage("weights must be inputs x units, but got 24 for 4 x 2");
  }
}
