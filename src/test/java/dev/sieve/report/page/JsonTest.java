package dev.sieve.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void figuresHaveSixDigits() {
    double[] figures = {
      0,
      -0.0,
      1,
      -2,
      0.5,
      0.1,
      123456,
      99999.96,
      999999.6,
      1234567,
      0.00012345649,
      1e-6,
      9.99e-7,
      -0.000001000004,
      1e300,
      2.5e-10,
      0.3000004,
      Double.NaN,
      Double.NEGATIVE_INFINITY
    };
    assertThat(Json.text(figures))
        .isEqualTo(
            "[0,0,1,-2,0.5,0.1,123456,100000,1000000,1234570,0.000123456,0.000001,9.99E-7,"
                + "-0.000001,1.0E300,2.5E-10,0.3,null,null]");
  }

  @Test
  void figuresOfAllSizesAreTheNearest() throws IOException {
    Draws draws = Seed.of(1, "json-figures").draws();
    double[] figures = new double[5_000];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = (draws.nextDouble() - 0.5) * Math.pow(10, i % 20 - 10);
    }
    JsonNode read = new ObjectMapper().readTree(Json.text(figures));
    for (int i = 0; i < figures.length; i++) {
      double rounded = new BigDecimal(figures[i]).round(new MathContext(6)).doubleValue();
      assertThat(read.get(i).asDouble())
          .as("figure %s", figures[i])
          .isEqualTo(rounded, Offset.offset(Math.abs(rounded) * 1e-15));
    }
  }

  @Test
  void textsCannotEndTheScriptTheyStandIn() {
    assertThat(Json.text("</script>\n\"&\\\u2028"))
        .isEqualTo("\"\\u003C/script\\u003E\\n\\\"\\u0026\\\\\\u2028\"");
  }
}
