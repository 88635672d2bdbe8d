package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A lease as its file has it: lines of {@code key=value}, for people too. */
record LeaseEntry(Holder holder, Instant expires) {
  /** Of one length for one holder, so that a renewal may be written over the one before. */
  byte[] text() {
    return String.join(
            "\n",
            "host=" + escaped(holder.host()),
            "process=" + holder.process(),
            "started=" + holder.started(),
            "boot=" + escaped(holder.boot()),
            "namespace=" + escaped(holder.namespace()),
            "user=" + escaped(holder.user()),
            "expires=" + expires.truncatedTo(ChronoUnit.SECONDS),
            "token=" + holder.token(),
            "")
        .getBytes(UTF_8);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\");
  }

  /**
   * Null where the text is no whole lease. One of a version that wrote neither boot nor namespace
   * nor user has them empty.
   */
  static @Nullable LeaseEntry parse(String text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(text));
      Holder holder =
          new Holder(
              lines.getProperty("host", ""),
              Long.parseLong(lines.getProperty("process", "")),
              Instant.parse(lines.getProperty("started", "")),
              lines.getProperty("boot", ""),
              lines.getProperty("namespace", ""),
              lines.getProperty("user", ""),
              lines.getProperty("token", ""));
      Instant expires = Instant.parse(lines.getProperty("expires", ""));
      return holder.token().isEmpty() ? null : new LeaseEntry(holder, expires);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  boolean heldAt(Instant now) {
    return now.isBefore(expires) && !holder.dead();
  }

  boolean isOf(Holder other) {
    return holder.token().equals(other.token());
  }
}
