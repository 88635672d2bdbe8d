package dev.sieve.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/** Values as their writer wrote them. HOCON takes 7e12345, 1.10 and 0012345 for numbers. */
final class Written {
  private Written() {}

  /**
   * What {@link Kind#read} takes: a number, a string, a boolean or a list; a number as its text
   * where the kind is exact about it.
   */
  static Object raw(ConfigValue value, Kind kind) {
    return value.valueType() == ConfigValueType.NUMBER && kind.literal()
        ? text(value)
        : value.unwrapped();
  }

  /** For messages: numbers as they stand, strings in quotes. */
  static String shown(ConfigValue value) {
    return value.valueType() == ConfigValueType.NUMBER
        ? text(value)
        : Document.shown(value.unwrapped());
  }

  /** The characters that were parsed: a rendered number is another text. */
  private static String text(ConfigValue number) {
    return number.atKey("value").getString("value");
  }
}
