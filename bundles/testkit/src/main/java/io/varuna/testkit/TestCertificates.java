package io.varuna.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key with a self-made certificate, for servers and clients of tests that encrypt.
 *
 * @param store a PKCS #12 key store with both, opened with {@link #PASSWORD}
 * @param certificate file with the certificate as PEM
 * @param privateKey file with the key as PEM, in PKCS #8
 */
public record TestCertificates(Path store, Path certificate, Path privateKey) {
    /** Password of all key stores, and of the keys in them. */
    public static final String PASSWORD = "changeit";

    /**
     * Makes them with the JDK's own tool; they are good for two days.
     *
     * @param host name that the certificate is for, and of the files
     */
    public static TestCertificates create(Path directory, String host) throws Exception {
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

    /** Returns a PKCS #12 key store that trusts this certificate and no other. */
    public Path trustStore() throws GeneralSecurityException, IOException {
        Path trusted = store.resolveSibling("trusted-" + store.getFileName());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry(
                "trusted",
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("key"));
        try (OutputStream out = Files.newOutputStream(trusted)) {
            certificates.store(out, PASSWORD.toCharArray());
        }
        return trusted;
    }

    /** Returns the context of a server that shows this certificate. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
