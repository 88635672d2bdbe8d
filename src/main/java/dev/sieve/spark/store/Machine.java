package dev.sieve.spark.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where this process runs and what it runs. */
public final class Machine {
  private Machine() {}

  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  public static String jvm() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
  }

  /** Of Sieve's own jar. */
  public static String codeVersion() {
    String version = Machine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
