package xmover.sim.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates for tests, as PEM files in a directory: an authority, one certificate of it for
 * {@code localhost} and {@code 127.0.0.1}, one for another host. Made with the JDK's keytool.
 */
public final class TestCertificates {
  private static final String PASSWORD = "changeit";

  private final Path directory;

  private TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** Makes them all; takes some seconds. */
  public static TestCertificates in(Path directory) {
    var made = new TestCertificates(directory);
    try {
      made.authority();
      made.signed("localhost", "dns:localhost,ip:127.0.0.1");
      made.signed("elsewhere", "dns:elsewhere.example");
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return made;
  }

  /** The authority's certificate, which a client may trust. */
  public Path authorityCertificate() {
    return directory.resolve("authority.pem");
  }

  /** Shown by a server that is what it says. */
  public Tls localhost() {
    return tls("localhost");
  }

  /** Signed by the same authority, but for {@code elsewhere.example}. */
  public Tls elsewhere() {
    return tls("elsewhere");
  }

  private Tls tls(String name) {
    return new Tls(directory.resolve(name + ".pem"), directory.resolve(name + "-key.pem"), false);
  }

  private void authority() throws IOException, InterruptedException, GeneralSecurityException {
    generate("authority", "-ext", "bc:c");
    writePem(
        "authority.pem",
        "CERTIFICATE",
        keyStore("authority").getCertificate("authority").getEncoded());
  }

  private void signed(String name, String subjectAlternativeNames)
      throws IOException, InterruptedException, GeneralSecurityException {
    generate(name);
    String request = directory.resolve(name + ".csr").toString();
    String certificate = directory.resolve(name + ".pem").toString();
    keytool(name, "-certreq", "-alias", name, "-file", request);
    keytool(
        "authority",
        "-gencert",
        "-alias",
        "authority",
        "-rfc",
        "-validity",
        "7",
        "-ext",
        "san=" + subjectAlternativeNames,
        "-infile",
        request,
        "-outfile",
        certificate);
    var key = keyStore(name).getKey(name, PASSWORD.toCharArray());
    writePem(name + "-key.pem", "PRIVATE KEY", key.getEncoded());
  }

  private void generate(String name, String... options) throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "7"));
    arguments.addAll(List.of(options));
    keytool(name, arguments.toArray(String[]::new));
  }

  private void keytool(String store, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", storeFile(store).toString()));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + ": " + Files.readString(directory.resolve("keytool.log")));
    }
  }

  private KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(storeFile(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path storeFile(String name) {
    return directory.resolve(name + ".p12");
  }

  private void writePem(String file, String kind, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
