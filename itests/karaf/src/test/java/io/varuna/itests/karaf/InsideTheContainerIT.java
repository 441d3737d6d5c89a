package io.varuna.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** What only can be seen from within: the state of the bundles, and what a plugin does to the others. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class InsideTheContainerIT {
    private static final String OURS = "io.varuna.";
    private static final String PLUGIN = "varuna-plugin-";

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] configuration() {
        String repository = System.getProperty("settings.localRepository");
        return options(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + System.getProperty("varuna.distribution"))
                        .name("Varuna")
                        .unpackDirectory(new File("target/exam")),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                logLevel(LogLevelOption.LogLevel.WARN),
                editConfigurationFilePut(
                        "etc/org.apache.felix.http.cfg", "org.osgi.service.http.port", String.valueOf(Ports.free())),
                // for the bundles of Pax Exam itself
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots,"
                                + new File(repository).toURI() + "@id=maven.repository@snapshots"),
                systemProperty("varuna.store").value(new File("target/exam-store").getAbsolutePath()),
                vmOption("-Xmx256m"),
                vmOption("-XX:+UseSerialGC"));
    }

    @Test
    public void allBundlesAreActive() {
        List<String> others = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
            if (!fragment && isOurs(bundle) && bundle.getState() != Bundle.ACTIVE) {
                others.add(bundle.getSymbolicName() + " is in state " + bundle.getState());
            }
        }
        assertEquals(List.of(), others);
    }

    @Test
    public void ourBundlesSayWhatTheyNeed() {
        List<String> findings = new ArrayList<>();
        Set<String> core = Set.of("api", "plan", "sql", "engine", "runtime", "plugin-manager", "rest", "shell");
        for (Bundle bundle : context.getBundles()) {
            if (!isOurs(bundle)) {
                continue;
            }
            if (bundle.getHeaders().get("DynamicImport-Package") != null) {
                findings.add(bundle.getSymbolicName() + " imports dynamically");
            }
            String imports = String.valueOf(bundle.getHeaders().get("Import-Package"));
            if (core.contains(bundle.getSymbolicName().substring(OURS.length())) && imports.contains("optional")) {
                findings.add(bundle.getSymbolicName() + " has optional imports: " + imports);
            }
        }
        assertEquals(List.of(), findings);
    }

    @Test
    public void noPluginTouchesAnotherBundleWhenItComesOrGoes() throws Exception {
        List<String> plugins = new ArrayList<>();
        for (Feature feature : features.listFeatures()) {
            if (feature.getName().startsWith(PLUGIN)) {
                plugins.add(feature.getName());
            }
        }
        assertTrue("plugins: " + plugins, plugins.size() >= 15);
        for (String plugin : new TreeSet<>(plugins)) {
            Bundle installed = installed(plugin);
            String location = installed.getLocation();
            Set<String> touched = new ConcurrentSkipListSet<>();
            long itself = installed.getBundleId();
            SynchronousBundleListener listener = event -> {
                boolean goes = (event.getType() & (BundleEvent.STOPPED | BundleEvent.UNRESOLVED)) != 0;
                if (goes && event.getBundle().getBundleId() != itself) {
                    touched.add(event.getBundle().getSymbolicName());
                }
            };
            context.addBundleListener(listener);
            try {
                installed.uninstall();
                Bundle again = context.installBundle(location);
                again.start();
                assertTrue(plugin + " is wired", again.adapt(BundleWiring.class) != null);
            } finally {
                context.removeBundleListener(listener);
            }
            assertEquals(plugin + " touches", Set.of(), touched);
        }
    }

    private Bundle installed(String plugin) throws Exception {
        Bundle there = bundleOf(plugin);
        if (there == null) {
            features.installFeature(plugin, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
            there = bundleOf(plugin);
        }
        return Objects.requireNonNull(there, plugin);
    }

    private @Nullable Bundle bundleOf(String plugin) {
        String name = OURS + "plugin." + plugin.substring(PLUGIN.length());
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOurs(Bundle bundle) {
        return bundle.getSymbolicName() != null && bundle.getSymbolicName().startsWith(OURS);
    }
}
