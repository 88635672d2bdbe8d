package dev.sieve.reproduce;

/** Text within HTML and SVG. */
final class Html {
  private Html() {}

  /** As text or as the value of an attribute in double quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String cell(String text) {
    return "<td>" + escape(text) + "</td>";
  }
}
