package io.varuna.itests.karaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the script {@code bin/varuna} has printed, and how it ended.
 *
 * @param text of both outputs
 */
record ScriptRun(int exitCode, String text) {
    /** Runs a command to its end, with these variables. */
    static ScriptRun of(Path home, Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        Process process = start(home, environment, command);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ScriptRun(process.waitFor(), text);
    }

    /** Starts a command, with these variables. */
    static Process start(Path home, Map<String, String> environment, String command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/varuna").toString(), command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
