package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads from the description of a component what it offers to the engine. */
final class ComponentReader {
    private ComponentReader() {}

    /**
     * A component.
     *
     * @param implementation the name of its class
     * @param kinds of what it offers
     * @param type the name under which it is offered, or empty
     */
    record Component(String implementation, List<PluginKind> kinds, String type) {
        /** Returns what it offers; {@code symbolicName} of the bundle names its functions. */
        List<Offer> offers(String symbolicName) {
            return kinds.stream()
                    .filter(kind -> !type.isEmpty() || kind == PluginKind.FUNCTION)
                    .map(kind -> new Offer(kind, type.isEmpty() ? ServiceKinds.libraryName(symbolicName) : type))
                    .toList();
        }
    }

    /** Returns the components in a description. */
    static List<Component> components(InputStream description) throws XMLStreamException {
        List<Component> components = new ArrayList<>();
        List<PluginKind> kinds = new ArrayList<>();
        String type = "";
        String implementation = "";
        XMLStreamReader reader = SafeXml.reader(description);
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                String element = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
                        ? reader.getLocalName()
                        : "";
                if (event == XMLStreamConstants.END_ELEMENT && element.equals("component")) {
                    components.add(new Component(implementation, List.copyOf(kinds), type));
                    kinds.clear();
                    type = "";
                } else if (event == XMLStreamConstants.START_ELEMENT && element.equals("provide")) {
                    ServiceKinds.kind(SafeXml.attribute(reader, "interface")).ifPresent(kinds::add);
                } else if (event == XMLStreamConstants.START_ELEMENT && element.equals("implementation")) {
                    implementation = SafeXml.attribute(reader, "class");
                } else if (event == XMLStreamConstants.START_ELEMENT
                        && element.equals("property")
                        && SafeXml.attribute(reader, "name").equals(ServiceKinds.TYPE)) {
                    type = SafeXml.attribute(reader, "value");
                }
            }
        } finally {
            reader.close();
        }
        return components;
    }
}
