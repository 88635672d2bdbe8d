package dev.sieve;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Machines of other places: digits, letters, calendars and separators of their own. */
public final class Locales {
  /** Arabic and Thai digits, a dotless i, decimal commas. */
  public static final List<String> TAGS =
      List.of("ar-EG-u-nu-arab", "tr-TR", "de-DE", "th-TH-u-nu-thai");

  private Locales() {}

  /** What a call gives where a locale is the machine's. */
  public static <T> T under(String tag, Callable<T> call) throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      return call.call();
    } finally {
      Locale.setDefault(before);
    }
  }
}
