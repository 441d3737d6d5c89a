package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds files by their Maven coordinates: in directories first, then where the container itself looks, which is nowhere but
 * in its own directories as long as nobody has configured a remote repository.
 *
 * @param directories in Maven's layout
 */
record MavenFiles(List<Path> directories, long mostBytes) {
    private static final String PART = "([A-Za-z0-9_][A-Za-z0-9_.-]*)";
    private static final Pattern COORDINATE =
            Pattern.compile("mvn:" + PART + "/" + PART + "/" + PART + "(?:/" + PART + "(?:/" + PART + ")?)?");

    MavenFiles {
        directories = List.copyOf(directories);
    }

    static boolean isCoordinate(String address) {
        return address.startsWith("mvn:");
    }

    /** Copies a file. */
    void fetch(String address, Path target) {
        String path = path(address);
        for (Path directory : directories) {
            Path file = directory.resolve(path);
            if (Files.isRegularFile(file)) {
                copy(address, file, target);
                return;
            }
        }
        askContainer(address, target);
    }

    /** Returns where a file is in a directory in Maven's layout. */
    static String path(String address) {
        Matcher coordinate = COORDINATE.matcher(address);
        if (!coordinate.matches() || address.contains("..")) {
            // the container's own form can name a repository, which is not for requests to decide
            throw Rejection.of(
                    "'" + address + "' is not a Maven coordinate such as mvn:org.example/my-plugin/1.0.0, with"
                            + " a type and a classifier at the end where it has them");
        }
        String type = coordinate.group(4) == null ? "jar" : coordinate.group(4);
        String classifier = coordinate.group(5) == null ? "" : "-" + coordinate.group(5);
        String artifact = coordinate.group(2);
        String version = coordinate.group(3);
        return coordinate.group(1).replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version
                + classifier + "." + type;
    }

    private void copy(String address, Path file, Path target) {
        try (InputStream in = Files.newInputStream(file)) {
            Download.copy(address, in, target, mostBytes);
        } catch (IOException e) {
            throw Rejection.download("'" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private void askContainer(String address, Path target) {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            Download.copy(address, in, target, mostBytes);
        } catch (MalformedURLException e) {
            throw Rejection.download("There is no '" + address + "' in " + directories, e);
        } catch (IOException e) {
            throw Rejection.download(
                    "There is no '" + address + "' in " + directories + ", nor in the repositories that"
                            + " 'etc/org.ops4j.pax.url.mvn.cfg' names",
                    e);
        }
    }
}
