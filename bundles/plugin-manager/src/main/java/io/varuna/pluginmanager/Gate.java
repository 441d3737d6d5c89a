package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginAdmission;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Decides, by their signatures, whether plugins may be used that came by one of the container's own ways, which ask nobody. What
 * came through Varuna was checked before it was installed, and what lies in the repository of the distribution is a part of it.
 * Thread-safe; decides once for each content of a bundle.
 */
@Component(service = {PluginAdmission.class, Gate.class})
public final class Gate implements PluginAdmission {
    private final BundleContext context;
    private final Trust trust;
    private final Path system;
    private final Map<Long, Decision> decisions = new HashMap<>();
    private @Nullable BiConsumer<String, String> listener;

    private record Decision(long lastModified, String plugin, Trust.Verdict verdict) {}

    @Activate
    public Gate(BundleContext context, @Reference Trust trust) {
        this(context, trust, Installation.of(context).home().resolve("system"));
    }

    /**
     * Creates it.
     *
     * @param system the repository of the distribution, in Maven's layout
     */
    Gate(BundleContext context, Trust trust, Path system) {
        this.context = context;
        this.trust = trust;
        this.system = system;
    }

    /** Has somebody told of plugins that are refused, by name and with the reason; also of those that are already. */
    synchronized void onRefusal(BiConsumer<String, String> told) {
        listener = told;
        decisions.values().forEach(this::tell);
    }

    @Override
    public Optional<String> refusal(long number) {
        Bundle bundle = context.getBundle(number);
        return bundle == null ? Optional.of("It is not there any more") : refusal(bundle);
    }

    Optional<String> refusal(Bundle bundle) {
        return verdict(bundle).refusal();
    }

    /** Returns who signed a bundle that did not come through Varuna; empty if that was not asked. */
    String signer(Bundle bundle) {
        return verdict(bundle).signer();
    }

    private synchronized Trust.Verdict verdict(Bundle bundle) {
        if (Bundles.isOurs(bundle) || isOfDistribution(bundle)) {
            return Trust.Verdict.NOT_ASKED;
        }
        Decision known = decisions.get(bundle.getBundleId());
        if (known != null && known.lastModified() == bundle.getLastModified()) {
            return known.verdict();
        }
        Decision made = new Decision(
                bundle.getLastModified(), ServiceKinds.pluginName(bundle.getSymbolicName()), judge(bundle));
        decisions.keySet().removeIf(number -> context.getBundle(number) == null);
        decisions.put(bundle.getBundleId(), made);
        tell(made);
        return made.verdict();
    }

    private void tell(Decision decision) {
        BiConsumer<String, String> told = listener;
        if (told != null) {
            decision.verdict().refusal().ifPresent(reason -> told.accept(decision.plugin(), reason));
        }
    }

    /** Tells whether a bundle lies in the repository of the distribution. */
    boolean isOfDistribution(Bundle bundle) {
        String location = bundle.getLocation();
        try {
            return MavenFiles.isCoordinate(location) && Files.isRegularFile(system.resolve(MavenFiles.path(location)));
        } catch (VarunaException e) {
            // a coordinate in another form names a repository of its own
            return false;
        }
    }

    private Trust.Verdict judge(Bundle bundle) {
        if (!trust.asksForDeployed()) {
            return Trust.Verdict.NOT_ASKED;
        }
        String title = "Plugin " + BundleFile.title(bundle.getSymbolicName(), bundle.getVersion());
        try {
            Path jar = Files.createTempFile("bundle-", ".jar");
            try {
                copy(bundle, jar);
                return trust.judgeDeployed(title, jar);
            } finally {
                Files.delete(jar);
            }
        } catch (IOException | VarunaException e) {
            return new Trust.Verdict("", Optional.of(title + " cannot be checked: " + e.getMessage()));
        }
    }

    /** Makes a jar of what is installed; the file that it was installed from may be another one by now. */
    private static void copy(Bundle bundle, Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream jar = new ZipOutputStream(file)) {
            for (String entry : entries(bundle, "")) {
                URL url = bundle.getEntry(entry);
                jar.putNextEntry(new ZipEntry(entry));
                try (InputStream in = url.openStream()) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }

    private static List<String> entries(Bundle bundle, String directory) {
        List<String> found = new ArrayList<>();
        Enumeration<String> paths = bundle.getEntryPaths(directory);
        for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
            if (path.endsWith("/")) {
                found.addAll(entries(bundle, path));
            } else {
                found.add(path);
            }
        }
        return found;
    }
}
