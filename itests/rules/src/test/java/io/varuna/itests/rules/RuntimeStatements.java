package io.varuna.itests.rules;

import io.varuna.plan.Catalog;
import io.varuna.rulekit.RuleHarness;
import io.varuna.rulekit.Statements;
import io.varuna.runtime.plugin.Plugins;
import io.varuna.runtime.store.Store;
import io.varuna.runtime.stream.Definitions;
import io.varuna.runtime.stream.StreamReaders;
import io.varuna.runtime.stream.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The streams of the runtime, kept in a store on disk, whose readers are the rules of a harness. */
final class RuntimeStatements implements Statements, StreamReaders {
    private final RuleHarness harness;
    private final Plugins plugins;
    private final Path directory;
    private Store store;
    private Definitions definitions;
    private Streams streams;

    RuntimeStatements(RuleHarness harness, Plugins plugins) {
        this.harness = harness;
        this.plugins = plugins;
        try {
            this.directory = Files.createTempDirectory("varuna-streams");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.store = Store.open(directory);
        this.definitions = Definitions.load(store.streams(), harness.functions());
        this.streams = new Streams(definitions, plugins, this);
    }

    @Override
    public String execute(String statement) {
        return streams.execute(statement);
    }

    @Override
    public Catalog catalog() {
        return definitions;
    }

    @Override
    public void restart() {
        store.close();
        store = Store.open(directory);
        definitions = Definitions.load(store.streams(), harness.functions());
        streams = new Streams(definitions, plugins, this);
    }

    @Override
    public void close() {
        store.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> readersOf(String stream) {
        return harness.readersOf(stream);
    }

    @Override
    public Optional<String> problem(String rule, Catalog catalog) {
        return harness.problem(rule, catalog);
    }

    @Override
    public void streamChanged(String stream) {
        harness.streamChanged(stream);
    }
}
