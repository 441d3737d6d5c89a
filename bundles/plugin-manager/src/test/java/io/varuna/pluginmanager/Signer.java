package io.varuna.pluginmanager;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/**
 * Somebody with a key, who signs jars.
 *
 * @param alias of the key, and the name in its certificate
 * @param store where the key is
 */
record Signer(String alias, Path store) {
    private static final String PASSWORD = "secret";

    /** Makes a key and a certificate for it; {@code options} are those of keytool. */
    static Signer create(Path directory, String name, String... options) {
        Signer signer = new Signer(name, directory.resolve(name + ".p12"));
        signer.generate(options);
        return signer;
    }

    /** Makes the key of somebody for whom this one vouches. */
    Signer vouchFor(String name, String... options) {
        Signer signer = new Signer(name, store);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-signer", alias));
        signer.generate(all.toArray(String[]::new));
        return signer;
    }

    private void generate(String... options) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + alias, "-alias", alias));
        line.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        line.addAll(List.of(options));
        try {
            Process keytool = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns a jar with everything that it has signed, beside signatures that are there already. */
    Jars sign(Jars jar) throws IOException, GeneralSecurityException {
        Path file = jar.write(Files.createTempFile(store.getParent(), "unsigned", ".jar"));
        KeyStore keys = keys();
        JarSigner signer = new JarSigner.Builder(
                        (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()),
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(List.of(keys.getCertificateChain(alias))))
                .signerName(alias)
                .build();
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            signer.sign(zip, signed);
        }
        return Jars.read(Files.write(file, signed.toByteArray()));
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /** Writes the certificate into a directory of those who are trusted. */
    void isTrustedIn(Path directory) throws IOException, GeneralSecurityException {
        byte[] certificate = keys().getCertificate(alias).getEncoded();
        Files.writeString(
                Files.createDirectories(directory).resolve(alias + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }
}
