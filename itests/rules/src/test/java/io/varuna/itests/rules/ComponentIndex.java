package io.varuna.itests.rules;

import io.varuna.api.manage.KeyedStateService;
import io.varuna.testkit.manage.MemoryKeyedState;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The components of the bundles on the class path, as the container would find them. */
final class ComponentIndex {
    private static final Attributes.Name COMPONENTS = new Attributes.Name("Service-Component");

    /** Shared by all components, as in the container. */
    static final KeyedStateService KEYED_STATE = new MemoryKeyedState();

    private ComponentIndex() {}

    /** Returns the classes of the components that provide a service, in the order of their names. */
    static List<String> providing(Class<?> service) {
        List<String> found = new ArrayList<>();
        try {
            ClassLoader loader = ComponentIndex.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                String components = manifest(url).getMainAttributes().getValue(COMPONENTS);
                if (components == null || !url.toString().contains("varuna")) {
                    continue;
                }
                for (String component : components.split(",", -1)) {
                    String base = url.toString().replace("META-INF/MANIFEST.MF", "");
                    Document document = parse(new URL(base + component.strip()));
                    if (provides(document, service.getName())) {
                        found.add(((Element) document.getElementsByTagName("implementation")
                                        .item(0))
                                .getAttribute("class"));
                    }
                }
            }
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("The components on the class path cannot be read", e);
        }
        Collections.sort(found);
        return found;
    }

    static Object create(String className) {
        try {
            Constructor<?> constructor = Class.forName(className).getConstructors()[0];
            Object[] services = Stream.of(constructor.getParameterTypes())
                    .map(ComponentIndex::service)
                    .toArray();
            return constructor.newInstance(services);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " cannot be made", e);
        }
    }

    private static Object service(Class<?> type) {
        if (type == KeyedStateService.class) {
            return KEYED_STATE;
        }
        throw new IllegalStateException("There is no " + type.getName() + " for components");
    }

    private static Manifest manifest(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new Manifest(in);
        }
    }

    private static Document parse(URL url) throws IOException, ParserConfigurationException, SAXException {
        try (InputStream in = url.openStream()) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static boolean provides(Document component, String service) {
        NodeList provided = component.getElementsByTagName("provide");
        for (int i = 0; i < provided.getLength(); i++) {
            if (((Element) provided.item(i)).getAttribute("interface").equals(service)) {
                return true;
            }
        }
        return false;
    }
}
