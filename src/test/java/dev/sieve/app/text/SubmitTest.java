package dev.sieve.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitTest {
  @ParameterizedTest
  @CsvSource({
    "run submit/sieve data fetch, run /a/submit/sieve data fetch",
    "see submit/query --top 10, see /a/submit/query --top 10",
    "(submit/sieve show says how), (/a/submit/sieve show says how)",
    "there is no /x/submit/sieve, there is no /x/submit/sieve",
    "there is no submit/sieve/x, there is no submit/sieve/x",
  })
  void aMessageNamesScriptsAsOneCallsThem(String message, String placed) {
    assertThat(Submit.placed("/a/submit", message)).isEqualTo(placed);
    assertThat(Submit.placed(null, message)).isEqualTo(message);
  }
}
