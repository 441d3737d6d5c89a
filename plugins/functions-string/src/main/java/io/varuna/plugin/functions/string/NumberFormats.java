package io.varuna.plugin.functions.string;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Numbers as people write them. */
@Component
public final class NumberFormats implements FunctionLibrary {
    private static final int MOST_DIGITS = 400;
    private static final Set<Locale> KNOWN = Set.of(Locale.getAvailableLocales());

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(FunctionDefinition.scalar("format", () -> NumberFormats::format)
                .doc(
                        "Writes a number with a number of digits after the point, and as in a country if a locale such as en_US is given.")
                .parameter(Parameter.number("number"))
                .parameter("digits", DataType.BIGINT)
                .parameter(Parameter.of("locale", DataType.VARCHAR).asOptional())
                .result(DataType.VARCHAR)
                .check(NumberFormats::problem)
                .example("format(12332.123456, 4) = '12332.1235'", "format(12332.2, 2, 'de_DE') = '12.332,20'")
                .build());
    }

    private static @Nullable String problem(List<Argument> arguments) {
        Argument digits = arguments.get(1);
        if (digits.value() instanceof Number number
                && (number.doubleValue() < 0 || number.doubleValue() > MOST_DIGITS)) {
            return "Argument 2 of 'format' ('digits') takes 0 to " + MOST_DIGITS + ", not '" + digits.text() + "'";
        }
        return null;
    }

    private static Object format(Args args) {
        if (!(args.get(0) instanceof Number number)) {
            throw problem("Argument 'number' of 'format' takes a number, not " + Conversions.describe(args.get(0)));
        }
        if (!Double.isFinite(number.doubleValue())) {
            return number.toString();
        }
        long digits = Texts.whole("format", "digits", args.get(1));
        if (digits < 0 || digits > MOST_DIGITS) {
            throw problem("Argument 'digits' of 'format' takes 0 to " + MOST_DIGITS + ", not '" + digits + "'");
        }
        BigDecimal exact =
                number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal(number.doubleValue());
        if (args.size() < 3) {
            return exact.setScale((int) digits, RoundingMode.HALF_EVEN).toPlainString();
        }
        return localFormat(Texts.of(args.get(2)), (int) digits).format(exact);
    }

    private static DecimalFormat localFormat(String name, int digits) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale(name));
        if (symbols.getGroupingSeparator() == '\u202f') {
            // the narrow no-break space is too new for many fonts and parsers
            symbols.setGroupingSeparator('\u00a0');
        }
        DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format;
    }

    private static Locale locale(String name) {
        Locale locale = Locale.forLanguageTag(name.replace('_', '-'));
        boolean language = KNOWN.contains(new Locale(locale.getLanguage()));
        if (!language || !name.matches("[a-z]{2,3}_[A-Z]{2}")) {
            throw problem(
                    "Argument 'locale' of 'format' takes a language and a country such as 'en_US', not '" + name + "'");
        }
        // where people know both digits, data is read with those that everybody knows
        return KNOWN.contains(locale) ? Locale.forLanguageTag(locale.toLanguageTag() + "-u-nu-latn") : locale;
    }

    private static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
