package xmover.options;

import java.util.regex.Pattern;

/**
 * A value that is set without being typed.
 *
 * @param name an option's without its dashes, or a variable's
 * @param from where it was found
 */
public record Setting(String name, String value, String from) {
  private static final Pattern SECRET =
      Pattern.compile("CRATE_(PASSWORD|JWT)|XMOVER_\\w+_LOGIN|XMOVER_TOKEN");
  private static final Pattern LOGIN = Pattern.compile("(?<=://)([^/?#\\s]*):[^\\s]*@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&](?:password|sslpassword|jwt)=)[^&#\\s]*");

  /** What must not be shown to others becomes stars. */
  public String shown() {
    if (SECRET.matcher(name).matches()) {
      return "***";
    }
    String withoutLogin = LOGIN.matcher(value).replaceAll("$1:***@");
    String withoutParameter = PARAMETER.matcher(withoutLogin).replaceAll("$1***");
    // A chat's webhook lets anybody write who knows its path.
    return name.equals("webhook")
        ? withoutParameter.replaceFirst("(://[^/]*/).*", "$1***")
        : withoutParameter;
  }

  boolean holdsSecret() {
    return !value.isBlank() && !shown().equals(value);
  }
}
