package io.varuna.itests.karaf;

import java.io.IOException;
import java.nio.file.Path;

/** A sink that does not come back from being made, as soon as somebody is to use it, and does not listen to being interrupted. */
final class SlowSink {
    private SlowSink() {}

    /** Makes the plugin; its symbolic name is {@code com.acme.} and {@code name}. */
    static Path jar(String name, Path directory) throws IOException {
        return jar(name, directory, "ever");
    }

    /** Makes one that does so only as long as a file is there. */
    static Path jar(String name, Path directory, Path file) throws IOException {
        return jar(name, directory, "java.nio.file.Files.exists(java.nio.file.Path.of(\"" + file + "\"))");
    }

    private static Path jar(String name, Path directory, String condition) throws IOException {
        String type = "com.acme." + name + ".SlowSink";
        return PluginJar.of(name, "1.0.0")
                .source(
                        type,
                        """
                        package com.acme.%1$s;

                        import io.varuna.api.plugin.PluginType;
                        import io.varuna.api.sink.Sink;
                        import io.varuna.api.sink.SinkContext;
                        import io.varuna.api.sink.SinkFactory;

                        @PluginType("%1$s")
                        public final class SlowSink implements SinkFactory<SlowSink.Config> {
                            private static volatile boolean ever = true;

                            public @interface Config {}

                            public SlowSink() {
                                while (%2$s) {
                                    Thread.yield();
                                }
                            }

                            @Override
                            public Sink open(Config config, SinkContext context) {
                                return batch -> {};
                            }
                        }
                        """
                                .formatted(name, condition))
                .component(type, "sink.SinkFactory")
                .build(directory);
    }
}
