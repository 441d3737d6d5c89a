package io.varuna.plugin.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A key with a self-made certificate.
 *
 * @param store a PKCS #12 key store with both
 * @param certificate as PEM
 * @param privateKey as PEM, in PKCS #8
 */
record TestCertificates(Path store, Path certificate, Path privateKey) {
    private static final String PASSWORD = "changeit";

    /** Makes them with the JDK's own tool, for the host of this name. */
    static TestCertificates create(Path directory, String host) throws Exception {
        Path store = directory.resolve(host + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("key", PASSWORD.toCharArray());
        return new TestCertificates(
                store,
                pem(
                        directory.resolve(host + ".pem"),
                        "CERTIFICATE",
                        keys.getCertificate("key").getEncoded()),
                pem(directory.resolve(host + "-key.pem"), "PRIVATE KEY", key.getEncoded()));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /** Returns the options of a broker's acceptor that has this key. */
    String acceptorOptions() {
        return "keyStorePath=" + store + ";keyStorePassword=" + PASSWORD + ";keyStoreType=PKCS12";
    }

    /** Returns more options, for an acceptor that lets in only who has this key. */
    String acceptorOptionsToTrustClient() {
        return ";needClientAuth=true;trustStorePath=" + trustStore() + ";trustStorePassword=" + PASSWORD
                + ";trustStoreType=PKCS12";
    }

    private Path trustStore() {
        Path trusted = store.resolveSibling("trusted-" + store.getFileName());
        try {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry(
                    "client",
                    KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("key"));
            try (var out = Files.newOutputStream(trusted)) {
                certificates.store(out, PASSWORD.toCharArray());
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return trusted;
    }
}
