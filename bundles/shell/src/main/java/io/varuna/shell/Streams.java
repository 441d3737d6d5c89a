package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.manage.StreamService;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Streams and tables together: they share one space of names, so a command need not be told which one is meant. */
final class Streams {
    private Streams() {}

    static List<StreamDescription> all(StreamService service) {
        return Stream.concat(service.list(false).stream(), service.list(true).stream())
                .sorted(Comparator.comparing(StreamDescription::name))
                .toList();
    }

    static StreamDescription get(StreamService service, String name) {
        List<StreamDescription> all = all(service);
        return all.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.STREAM_NOT_FOUND,
                        "There is no stream or table '" + name + "'"
                                + Texts.instead(
                                        name,
                                        all.stream()
                                                .map(StreamDescription::name)
                                                .toList())));
    }

    static boolean isTable(StreamDescription stream) {
        return stream.kind() != StreamKind.STREAM;
    }
}
