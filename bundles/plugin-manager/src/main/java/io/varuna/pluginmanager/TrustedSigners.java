package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose signatures count.
 *
 * @param certificates of signers, or of authorities that certify signers
 */
record TrustedSigners(Set<X509Certificate> certificates) {
    private static final List<String> ENDINGS = List.of(".pem", ".crt", ".cer", ".der");

    TrustedSigners {
        certificates = Set.copyOf(certificates);
    }

    /**
     * Reads certificates.
     *
     * @param place a directory of certificates in PEM or DER, or a key store in PKCS #12; nobody is trusted if it is not there
     * @param password of the key store, empty for none
     */
    static TrustedSigners read(Path place, String password) {
        if (!Files.exists(place)) {
            return new TrustedSigners(Set.of());
        }
        try {
            return new TrustedSigners(
                    Set.copyOf(Files.isDirectory(place) ? inDirectory(place) : inKeyStore(place, password)));
        } catch (IOException | GeneralSecurityException e) {
            throw Rejection.of(
                    "The certificates of trusted signers in '" + place + "' cannot be read: " + e.getMessage()
                            + ". It has to be a directory of certificates in PEM or DER, or a key store in PKCS #12",
                    e);
        }
    }

    private static List<X509Certificate> inDirectory(Path directory) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(TrustedSigners::isCertificate).sorted().toList()) {
                certificates.addAll(inFile(file));
            }
        }
        return certificates;
    }

    private static boolean isCertificate(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static List<X509Certificate> inFile(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("'" + file.getFileName() + "' has no certificate that can be read", e);
        }
    }

    private static List<X509Certificate> inKeyStore(Path file, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }
}
