package dev.sieve.config.hocon;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Includes files beside the file that names them, and nothing else. HOCON would take a file that is
 * not there for an empty one, and would look into jars and on the network.
 */
final class FileIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigParseable included = context.relativeTo(what);
    if (included == null || included.origin().filename() == null) {
      throw refusal(what, "is not there");
    }
    return parse(included, what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refusal(what, "is no file");
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refusal(what.toString(), "is no file");
  }

  @Override
  public ConfigIncluder withFallback(@Nullable ConfigIncluder fallback) {
    return this;
  }

  private static ConfigObject parse(ConfigParseable included, String what) {
    try {
      return included.parse(included.options().setAllowMissing(false));
    } catch (ConfigException.IO e) {
      throw refusal(what, "cannot be read");
    }
  }

  private static ConfigException refusal(String what, String why) {
    return new ConfigException.Generic("included '" + what + "' " + why);
  }
}
