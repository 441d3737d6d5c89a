package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.FunctionDescription;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "function", name = "info", description = "Shows how a function is called, with examples")
public final class FunctionInfo extends FunctionAction {
    @Argument(name = "name", description = "Name of the function", required = true)
    @Completion(FunctionCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        String wanted = name.toLowerCase(Locale.ROOT);
        FunctionDescription function = functions.list().stream()
                .filter(candidate ->
                        candidate.name().equals(wanted) || candidate.aliases().contains(wanted))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.FUNCTION_NOT_FOUND,
                        "There is no function '" + name + "'"
                                + Texts.suggestion(
                                        wanted,
                                        functions.list().stream()
                                                .map(FunctionDescription::name)
                                                .toList())
                                + " See function:list for those that there are."));
        out.println(function.signature());
        out.println("  " + function.doc());
        if (!function.aliases().isEmpty()) {
            out.println("Also called: " + String.join(", ", function.aliases()));
        }
        if (!function.examples().isEmpty()) {
            out.println("Examples:");
            function.examples().forEach(example -> out.println("  " + example));
        }
    }
}
