package io.varuna.itests.karaf;

import io.varuna.itests.karaf.watch.BundleWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bundle that writes down which others are touched. */
final class WatchBundle {
    private WatchBundle() {}

    static Path jar() throws IOException {
        String name = BundleWatch.class.getName().replace('.', '/');
        String manifest = String.join(
                "\r\n",
                "Manifest-Version: 1.0",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: bundle-watch",
                "Bundle-Version: 1.0.0",
                "Bundle-Activator: " + BundleWatch.class.getName(),
                "Import-Package: org.osgi.framework",
                "",
                "");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
        entries.put(name + ".class", Files.readAllBytes(Path.of("target/test-classes", name + ".class")));
        Path zip = Zips.of("bundle-watch", entries);
        return Files.move(zip, zip.resolveSibling("bundle-watch.jar"), StandardCopyOption.REPLACE_EXISTING);
    }
}
