package io.varuna.pluginmanager;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.felix.fileinstall.ArtifactUrlTransformer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Karaf's deployer of feature files when the first of them lies in the hot deploy directory, and for all starts to come.
 * From its start on it has all feature files read, which takes a twentieth of the container's classes and of its start.
 */
@Component
public final class FeatureFiles implements ArtifactUrlTransformer {
    /** Symbolic name of the bundle that deploys feature files. */
    static final String DEPLOYER = "org.apache.karaf.deployer.features";

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFiles.class);

    private final BundleContext context;

    @Activate
    public FeatureFiles(BundleContext context) {
        this.context = context;
    }

    /** Never takes the file itself: it is looked at again as soon as the deployer is there. */
    @Override
    public boolean canHandle(File file) {
        if (file.getName().endsWith(".xml") && isFeatureFile(file)) {
            idleDeployer().ifPresent(deployer -> start(deployer, file));
        }
        return false;
    }

    /** Not called, as nothing is handled; the directory is watched for this kind of service only. */
    @Override
    public URL transform(URL file) {
        return file;
    }

    private static boolean isFeatureFile(File file) {
        try (InputStream in = Files.newInputStream(file.toPath())) {
            XMLStreamReader reader = SafeXml.reader(in);
            return reader.nextTag() == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals("features");
        } catch (IOException | XMLStreamException e) {
            // still being written, or none; the next look will tell
            return false;
        }
    }

    private Optional<Bundle> idleDeployer() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> DEPLOYER.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .findFirst();
    }

    private static void start(Bundle deployer, File file) {
        try {
            deployer.start();
        } catch (BundleException e) {
            LOG.error("Feature file '{}' is not deployed: bundle '{}' does not start", file, DEPLOYER, e);
        }
    }
}
