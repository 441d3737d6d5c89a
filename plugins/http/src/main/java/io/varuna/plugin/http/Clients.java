package io.varuna.plugin.http;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lends clients, the same one to all who connect alike: a table that is opened again, as after each failure, goes on with the
 * connections that there are. A client cannot be closed; it ends its threads when nobody has it any more.
 */
final class Clients {
    private final Map<Kind, WeakReference<HttpClient>> lent = new HashMap<>();

    /**
     * What clients have in common.
     *
     * @param written when the certificates were written, as new ones have to be read
     */
    private record Kind(Connecting connecting, List<FileTime> written) {}

    synchronized HttpClient lend(Connecting connecting) {
        lent.values().removeIf(client -> client.get() == null);
        Kind kind = new Kind(connecting, written(connecting));
        WeakReference<HttpClient> known = lent.get(kind);
        HttpClient client = known == null ? null : known.get();
        if (client == null) {
            client = connecting.client();
            lent.put(kind, new WeakReference<>(client));
        }
        return client;
    }

    private static List<FileTime> written(Connecting connecting) {
        return Stream.of(connecting.rootCaPath(), connecting.certificationPath(), connecting.privateKeyPath())
                .filter(path -> !path.isEmpty())
                .map(Clients::written)
                .toList();
    }

    private static FileTime written(String path) {
        try {
            return Files.getLastModifiedTime(Path.of(path));
        } catch (IOException e) {
            // whoever reads the certificate says what is wrong with it
            return FileTime.fromMillis(0);
        }
    }
}
