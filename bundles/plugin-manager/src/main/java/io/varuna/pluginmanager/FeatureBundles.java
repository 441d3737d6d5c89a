package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The Maven coordinates of the bundles of a feature, in the order of the feature. */
record FeatureBundles(List<String> coordinates) {
    FeatureBundles {
        coordinates = List.copyOf(coordinates);
    }

    /** Reads the features of a features repository, without those that they refer to. */
    static List<FeatureBundles> read(Path repository) throws IOException {
        List<FeatureBundles> features = new ArrayList<>();
        List<String> coordinates = new ArrayList<>();
        try (InputStream in = Files.newInputStream(repository)) {
            XMLStreamReader reader = SafeXml.reader(in);
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("bundle")) {
                    coordinates.add(reader.getElementText().strip());
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("feature")
                        && !coordinates.isEmpty()) {
                    features.add(new FeatureBundles(coordinates));
                    coordinates.clear();
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("'" + repository + "' is not a features repository: " + e.getMessage(), e);
        }
        return features;
    }
}
