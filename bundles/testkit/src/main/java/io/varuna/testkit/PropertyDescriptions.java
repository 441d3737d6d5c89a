package io.varuna.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads what a plugin says about its properties: the file that bnd makes of {@code @AttributeDefinition}s. */
final class PropertyDescriptions {
    private PropertyDescriptions() {}

    /**
     * Returns the descriptions by property name; empty texts where there is none.
     *
     * @throws AssertionError if the type has no {@code @ObjectClassDefinition}
     */
    static Map<String, String> of(Class<?> type) throws IOException {
        String resource = "OSGI-INF/metatype/" + type.getName() + ".xml";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("There is no '" + resource + "'. Annotate " + type.getSimpleName()
                        + " with @ObjectClassDefinition, and build with the bnd plugin");
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document document = factory.newDocumentBuilder().parse(in);
            Map<String, String> descriptions = new HashMap<>();
            NodeList attributes = document.getElementsByTagName("AD");
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                descriptions.put(attribute.getAttribute("id"), attribute.getAttribute("description"));
            }
            return descriptions;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("'" + resource + "' is not XML", e);
        }
    }
}
