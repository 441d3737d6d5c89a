package io.varuna.pluginmanager;

import io.varuna.api.manage.DownloadService;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Fetches other files than plugins, from where plugins may come as well. */
@Component
public final class Downloads implements DownloadService {
    private final Installation installation;

    @Activate
    public Downloads(BundleContext context) {
        this.installation = Installation.of(context);
    }

    @Override
    public void fetch(String address, Path target, long mostBytes) {
        installation.download(mostBytes).fetch(address, target);
    }
}
