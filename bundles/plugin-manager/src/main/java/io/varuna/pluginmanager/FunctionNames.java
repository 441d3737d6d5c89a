package io.varuna.pluginmanager;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.manage.PluginKind;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the function libraries of a plugin for their functions. Runs code of the plugin. */
final class FunctionNames {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionNames.class);

    private FunctionNames() {}

    /**
     * Returns the names by which statements can call the functions of a plugin, in lower case.
     *
     * @param libraries what the plugin needs beside its own file
     */
    static List<String> of(BundleFile plugin, List<Path> libraries) {
        URL[] files = Stream.concat(Stream.of(plugin.path()), libraries.stream())
                .map(FunctionNames::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(files, FunctionLibrary.class.getClassLoader())) {
            return names(plugin, loader::loadClass);
        } catch (IOException | ReflectiveOperationException e) {
            throw Rejection.of("The functions of '" + plugin.name() + "' cannot be listed: " + e, e);
        }
    }

    /** Returns the same for a plugin that is installed, but not started; empty if it cannot be asked in this way. */
    static List<String> of(BundleFile plugin, Bundle installed) {
        try {
            return names(plugin, installed::loadClass);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            // one that lacks something, or is made for the container to fill, tells its names when it has started
            LOG.debug("The functions of '{}' are not known before it has started", plugin.name(), e);
            return List.of();
        }
    }

    /** Finds a class by its name. */
    @FunctionalInterface
    private interface Classes {
        Class<?> load(String name) throws ClassNotFoundException;
    }

    private static List<String> names(BundleFile plugin, Classes classes) throws ReflectiveOperationException {
        TreeSet<String> names = new TreeSet<>();
        for (ComponentReader.Component component : plugin.components()) {
            if (component.kinds().contains(PluginKind.FUNCTION)) {
                library(classes.load(component.implementation())).functions().stream()
                        .flatMap(FunctionNames::names)
                        .forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static FunctionLibrary library(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = Stream.of(type.getConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow(() -> new NoSuchMethodException(type.getName() + " has no public constructor"));
        Object[] services = Stream.of(constructor.getParameterTypes())
                .map(FunctionNames::absent)
                .toArray();
        return (FunctionLibrary) constructor.newInstance(services);
    }

    /** Stands for a service of the container, which functions need when they are called, not to tell their names. */
    private static Object absent(Class<?> service) {
        return Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(
                            "There is no " + service.getName() + " where functions are listed only");
                });
    }

    private static Stream<String> names(FunctionDefinition function) {
        return Stream.concat(Stream.of(function.name()), function.aliases().stream())
                .map(name -> name.toLowerCase(Locale.ROOT));
    }
}
