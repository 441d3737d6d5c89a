package io.varuna.plugin.http;

import java.net.http.HttpClient;
import java.time.Duration;

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
                .sslContext(TlsContext.of(rootCaPath, certificationPath, privateKeyPath, insecureSkipVerify))
                .build();
    }
}
