package io.varuna.pluginmanager.sample;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.sink.SinkFactory;
import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Does for the bundles that tests make what the component runtime does for others. */
public class SampleActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(Map.of("varuna.plugin.type", "sample"));
        context.registerService(SinkFactory.class, new SampleSink(), properties);
        context.registerService(FunctionLibrary.class, new SampleFunctions(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the services away
    }
}
