package io.varuna.plugin.http;

import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** How servers are connected to, as the properties say. Paths that are empty were not given. */
record Connecting(
        Duration timeout,
        String rootCaPath,
        String certificationPath,
        String privateKeyPath,
        boolean insecureSkipVerify) {
    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls())
                .build();
    }

    private SSLContext tls() {
        boolean files = !rootCaPath.isEmpty() || !certificationPath.isEmpty() || !privateKeyPath.isEmpty();
        // what is wrong with files is to be said at once
        return files
                ? TlsContext.of(rootCaPath, certificationPath, privateKeyPath, insecureSkipVerify)
                : DeferredTls.context(() -> TlsContext.of("", "", "", insecureSkipVerify));
    }
}
