package xmover.environment;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands wrote, which a test may wait for. */
public final class Said extends OutputStream {
  private record Awaited(Pattern words, CompletableFuture<String> said) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Awaited> awaited = new ArrayList<>();

  @Override
  public synchronized void write(int one) {
    bytes.write(one);
    told();
  }

  @Override
  public synchronized void write(byte[] some, int from, int length) {
    bytes.write(some, from, length);
    told();
  }

  private void told() {
    if (!awaited.isEmpty()) {
      String text = toString();
      awaited.removeIf(one -> isSaid(one, text));
    }
  }

  private static boolean isSaid(Awaited one, String text) {
    Matcher found = one.words().matcher(text);
    return found.find() && one.said().complete(found.group(found.groupCount()));
  }

  /** Completes when something like that was said, with the last group of it. */
  public synchronized CompletableFuture<String> words(Pattern words) {
    var one = new Awaited(words, new CompletableFuture<>());
    awaited.add(one);
    told();
    return one.said();
  }

  /** What was said so far is forgotten. */
  public synchronized void forget() {
    bytes.reset();
  }

  @Override
  public synchronized String toString() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
