package dev.sieve.config.hocon;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/** Values as their writer wrote them. HOCON takes 7e12345, 1.10 and 0012345 for numbers. */
public final class Written {
  private Written() {}

  /**
   * What {@link ValueType#read} takes: a number, a string, a boolean or a list; a number as its
   * text where the kind is exact about it.
   */
  public static Object raw(ConfigValue value, ValueType kind) {
    return value.valueType() == ConfigValueType.NUMBER && kind.literal()
        ? text(value)
        : value.unwrapped();
  }

  /** For messages: numbers as they stand, strings in quotes. */
  public static String shown(ConfigValue value) {
    return value.valueType() == ConfigValueType.NUMBER
        ? text(value)
        : ParsedStudy.shown(value.unwrapped());
  }

  /** The characters that were parsed: a rendered number is another text. */
  private static String text(ConfigValue number) {
    return number.atKey("value").getString("value");
  }
}
