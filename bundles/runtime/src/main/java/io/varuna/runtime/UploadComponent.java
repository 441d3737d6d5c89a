package io.varuna.runtime;

import io.varuna.api.manage.UploadService;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Offers the directory of uploaded files, beside the store, as a service. */
@Component(configurationPid = "io.varuna.uploads")
@Designate(ocd = UploadComponent.Config.class)
public final class UploadComponent implements UploadService {
    /** Settings of the uploads. */
    @ObjectClassDefinition(id = "io.varuna.uploads", name = "Varuna uploads")
    public @interface Config {
        @AttributeDefinition(description = "Largest uploaded file, in bytes")
        long file_limit() default 100L * 1024 * 1024;

        @AttributeDefinition(description = "Most bytes of all uploaded files together")
        long total_limit() default 1024L * 1024 * 1024;
    }

    private final UploadDirectory files;

    @Activate
    public UploadComponent(BundleContext context, Config config) {
        this.files = new UploadDirectory(
                RuntimeComponent.directory(context).resolve("uploads"), config.file_limit(), config.total_limit());
        files.removeLeftBehind(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    @Override
    public List<Path> list() {
        return files.list();
    }

    @Override
    public long mostBytes() {
        return files.mostBytes();
    }

    @Override
    public Path put(String name, InputStream content) {
        return files.put(name, content);
    }

    @Override
    public boolean remove(String name) {
        return files.remove(name);
    }
}
