package io.varuna.plugin.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes a context for encrypted connections out of PEM files. */
final class TlsContext {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(?<body>[^-]+)-----END PRIVATE KEY-----");
    private static final char[] IN_MEMORY = new char[0];

    private TlsContext() {}

    /**
     * Returns the context; paths that are empty were not given.
     *
     * @param authorities whom to trust, otherwise those whom Java trusts
     * @param certificate who we are, with {@code key}
     * @param trustAll whether anybody is trusted
     */
    static SSLContext of(String authorities, String certificate, String key, boolean trustAll) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(certificate, key), trustManagers(authorities, trustAll), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw InvalidProperty.of("rootCaPath", "certificates that Java can use: " + e.getMessage(), authorities);
        }
    }

    private static TrustManager @Nullable [] trustManagers(String authorities, boolean trustAll)
            throws GeneralSecurityException {
        if (trustAll) {
            return new TrustManager[] {new TrustEverybody()};
        }
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate certificate : certificates("rootCaPath", authorities)) {
            store.setCertificateEntry("authority" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keyManagers(String certificate, String key) throws GeneralSecurityException {
        if (certificate.isEmpty() && key.isEmpty()) {
            return null;
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw InvalidProperty.of("certificationPath", "a file together with 'privateKeyPath'", certificate + key);
        }
        Certificate[] chain = certificates("certificationPath", certificate).toArray(Certificate[]::new);
        KeyStore store = emptyStore();
        store.setKeyEntry("key", privateKey(key, chain[0].getPublicKey().getAlgorithm()), IN_MEMORY, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, IN_MEMORY);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("An empty key store cannot be made", e);
        }
    }

    private static Collection<? extends Certificate> certificates(String property, String path)
            throws GeneralSecurityException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(Path.of(path)))) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw InvalidProperty.of(property, "the path of a PEM file with certificates", path);
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw InvalidProperty.of(property, "the path of a PEM file that can be read", path);
        }
    }

    private static PrivateKey privateKey(String path, String algorithm) throws GeneralSecurityException {
        try {
            Matcher pem = KEY.matcher(Files.readString(Path.of(path), StandardCharsets.US_ASCII));
            if (!pem.find()) {
                throw InvalidProperty.of("privateKeyPath", "the path of a PEM file with a private key (PKCS #8)", path);
            }
            byte[] key = Base64.getMimeDecoder().decode(pem.group("body"));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (IOException e) {
            throw InvalidProperty.of("privateKeyPath", "the path of a PEM file that can be read", path);
        }
    }

    /** For {@code insecureSkipVerify}: no checks, not even of the name of the host. */
    private static final class TrustEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
