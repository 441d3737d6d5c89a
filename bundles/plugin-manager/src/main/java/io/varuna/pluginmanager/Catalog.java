package io.varuna.pluginmanager;

import io.varuna.pluginmanager.CatalogEntry.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A catalogue that was read and found good.
 *
 * @param base what the files in it are relative to
 * @param archive the jar with the list, which may have files in it as well
 * @param signer who signed it, or whose it is; empty if nobody who is trusted
 */
record Catalog(URI base, Path archive, Optional<String> signer, List<CatalogEntry> entries) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

    Catalog {
        entries = List.copyOf(entries);
    }

    /** Fetches a file, and checks that it is the one in the list. */
    void fetch(Part part, Path target, Download download, MavenFiles maven) {
        if (MavenFiles.isCoordinate(part.file())) {
            maven.fetch(part.file(), target);
        } else if (hasScheme(part.file())) {
            download.fetch(part.file(), target);
        } else if (!unpack(part, target, download.mostBytes())) {
            download.fetch(beside(part.file()), target);
        }
        String sha256 = BundleFile.sha256(target);
        if (!sha256.equals(part.sha256())) {
            throw Rejection.of("'" + part.file() + "' is not the file that the catalogue '" + base + "' describes: its"
                    + " SHA-256 is " + sha256 + ", not " + part.sha256() + ". It is not installed");
        }
    }

    /** Tells whether the archive itself has a file, and takes it out then. */
    private boolean unpack(Part part, Path target, long mostBytes) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(part.file());
            if (entry == null) {
                return false;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Download.copy(part.file(), in, target, mostBytes);
                return true;
            }
        } catch (IOException e) {
            throw Rejection.download("The catalogue '" + base + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Tells an address from a path, which can have any letters, or begin with that of a drive. */
    static boolean hasScheme(String address) {
        return SCHEME.matcher(address).lookingAt();
    }

    private String beside(String file) {
        if (file.startsWith("/") || List.of(file.split("[/\\\\]", -1)).contains("..")) {
            throw Rejection.of("The catalogue '" + base + "' has a file '" + file + "', which leads out of its place");
        }
        try {
            // a path may have what an address may not
            return base.resolve(new URI(null, null, "./" + file, null)).toString();
        } catch (URISyntaxException e) {
            throw Rejection.of("The catalogue '" + base + "' has a file '" + file + "', which is no name of a file", e);
        }
    }

    boolean has(String sha256) {
        return entries.stream().flatMap(entry -> entry.parts().stream()).anyMatch(part -> part.sha256()
                .equals(sha256));
    }
}
