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
     * Returns what the components of a description offer.
     *
     * @param symbolicName of the bundle, which names its functions
     */
    static List<Offer> offers(InputStream description, String symbolicName) throws XMLStreamException {
        List<Offer> offers = new ArrayList<>();
        List<PluginKind> kinds = new ArrayList<>();
        String type = "";
        XMLStreamReader reader = SafeXml.reader(description);
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String element = reader.getLocalName();
                    if (element.equals("provide")) {
                        ServiceKinds.kind(SafeXml.attribute(reader, "interface"))
                                .ifPresent(kinds::add);
                    } else if (element.equals("property")
                            && SafeXml.attribute(reader, "name").equals(ServiceKinds.TYPE)) {
                        type = SafeXml.attribute(reader, "value");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("component")) {
                    offers.addAll(offers(kinds, type, symbolicName));
                    kinds.clear();
                    type = "";
                }
            }
        } finally {
            reader.close();
        }
        return offers;
    }

    private static List<Offer> offers(List<PluginKind> kinds, String type, String symbolicName) {
        List<Offer> offers = new ArrayList<>();
        for (PluginKind kind : kinds) {
            if (!type.isEmpty()) {
                offers.add(new Offer(kind, type));
            } else if (kind == PluginKind.FUNCTION) {
                offers.add(new Offer(kind, ServiceKinds.libraryName(symbolicName)));
            }
        }
        return offers;
    }
}
