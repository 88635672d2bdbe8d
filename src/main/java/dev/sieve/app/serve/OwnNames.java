package dev.sieve.app.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a server on loopback is meant: {@code localhost}, every loopback address, and
 * what it was told to listen on. Another name that leads here was made to (DNS rebinding), by a
 * page that wants to read what it could not reach itself; an address cannot be made to lead
 * elsewhere. What listens on more than loopback has names that it cannot know, and answers to all.
 */
final class OwnNames {
  private static final int HTTP = 80;

  /** An address in brackets or a name, and a port: any, since a tunnel may begin at another. */
  private static final Pattern HOST =
      Pattern.compile("(?:\\[([^\\]]*)\\]|([^:\\[\\]]*))(?::\\d*)?");

  private static final Pattern IP_4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private final InetAddress address;
  private final int port;
  private final String told;

  /**
   * @param bound where the server listens
   * @param told how that was written
   */
  OwnNames(InetSocketAddress bound, String told) {
    this.address = bound.getAddress();
    this.port = bound.getPort();
    this.told = told.toLowerCase(Locale.ROOT);
  }

  /** What a browser is given; one of these names. */
  String url() {
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    if (host.contains(":")) {
      String text = address.isLoopbackAddress() ? "::1" : host.replace("%", "%25");
      host = "[" + text + "]";
    }
    return "http://" + host + (port == HTTP ? "" : ":" + port) + "/";
  }

  /** Whether a request's header {@code Host} means this server. */
  boolean include(@Nullable String host) {
    if (!address.isLoopbackAddress()) {
      return true;
    }
    Matcher parts = HOST.matcher(host == null ? "" : host.strip().toLowerCase(Locale.ROOT));
    return parts.matches() && isOwn(parts.group(1), parts.group(2));
  }

  private boolean isOwn(@Nullable String ip6, @Nullable String name) {
    if (ip6 != null) {
      return ip6.contains(":") && isLoopback(ip6);
    }
    return name != null
        && (name.equals("localhost")
            || name.equals("localhost.")
            || (!name.isEmpty() && name.equals(told))
            || (IP_4.matcher(name).matches() && isLoopback(name)));
  }

  /** Of an address as text, so nobody is asked for a name. */
  private static boolean isLoopback(String literal) {
    try {
      return InetAddress.getByName(literal).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
