package io.varuna.plugin.functions.string;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import io.varuna.api.function.SqlFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions of texts. Other values are taken for what they look like as a text. */
@Component
public final class TextFunctions implements FunctionLibrary {
    /** A rule that pads further has made a mistake, and would fill the memory. */
    private static final int MOST_PADDING = 1_000_000;

    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(Stream.of(substring()), FunctionDefinition.ofMethods(TextFunctions.class).stream())
                .toList();
    }

    private static FunctionDefinition substring() {
        return FunctionDefinition.scalar("substring", () -> TextFunctions::substring)
                .doc("Returns the part of a text from one position, counted from 0, to before another, or to the end.")
                .parameter("text", DataType.ANY)
                .parameter("start", DataType.BIGINT)
                .parameter(Parameter.of("end", DataType.BIGINT).asOptional())
                .result(DataType.VARCHAR)
                .example(
                        "substring('hello', 1, 3) = 'el'",
                        "substring('hello', 3) = 'lo'",
                        "substring('hello', 3, 99) = 'lo'")
                .build();
    }

    private static Object substring(Args args) {
        String text = Texts.of(args.get(0));
        long length = text.codePointCount(0, text.length());
        long start = Texts.whole("substring", "start", args.get(1));
        long end = args.size() > 2 ? Texts.whole("substring", "end", args.get(2)) : length;
        if (start < 0 || (end < start && start < length)) {
            throw problem(
                    "'substring' takes a start from 0 and an end that is not before it, not " + start + " and " + end);
        }
        int from = text.offsetByCodePoints(0, (int) Math.min(start, length));
        int to = text.offsetByCodePoints(0, (int) Math.min(Math.max(start, end), length));
        return text.substring(from, to);
    }

    @SqlFunction(
            doc = "Joins texts and other values, without what is NULL.",
            examples = {"concat('a', 'b', 'c') = 'abc'", "concat('t', 5) = 't5'", "concat('a', NULL) = 'a'"},
            calledOnNull = true)
    public static String concat(@Nullable Object first, @Nullable Object... more) {
        StringBuilder text = new StringBuilder(first == null ? "" : Texts.of(first));
        for (Object value : more) {
            if (value != null) {
                text.append(Texts.of(value));
            }
        }
        return text.toString();
    }

    @SqlFunction(
            doc = "Tells whether a text begins with another; FALSE if one is NULL.",
            examples = {"startswith('hello', 'he')", "startswith(NULL, 'he') = FALSE"},
            calledOnNull = true)
    public static boolean startswith(@Nullable Object text, @Nullable Object prefix) {
        return text != null && prefix != null && Texts.of(text).startsWith(Texts.of(prefix));
    }

    @SqlFunction(
            doc = "Tells whether a text ends with another; FALSE if one is NULL.",
            examples = {"endswith('hello', 'lo')", "endswith(NULL, 'lo') = FALSE"},
            calledOnNull = true)
    public static boolean endswith(@Nullable Object text, @Nullable Object suffix) {
        return text != null && suffix != null && Texts.of(text).endsWith(Texts.of(suffix));
    }

    @SqlFunction(
            doc =
                    "Returns the position, counted from 0, at which a text contains another; -1 if it does not or one is NULL.",
            examples = {"indexof('hello', 'l') = 2", "indexof('hello', 'x') = -1", "indexof(NULL, 'x') = -1"},
            calledOnNull = true)
    public static long indexof(@Nullable Object text, @Nullable Object part) {
        if (text == null || part == null) {
            return -1;
        }
        String whole = Texts.of(text);
        int index = whole.indexOf(Texts.of(part));
        return index < 0 ? -1 : whole.codePointCount(0, index);
    }

    @SqlFunction(
            doc =
                    "Returns the number of characters of a text, elements of an array or members of an object; 0 for NULL.",
            examples = {"length('hello') = 5", "length('中文') = 2", "length(NULL) = 0"},
            calledOnNull = true)
    public static long length(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        String text = Texts.of(value);
        return text.codePointCount(0, text.length());
    }

    @SqlFunction(
            doc = "Returns the number of bytes of a text in UTF-8; 0 for NULL.",
            examples = {"numbytes('hello') = 5", "numbytes('中文') = 6"},
            calledOnNull = true)
    public static long numbytes(@Nullable Object text) {
        if (text == null) {
            return 0;
        }
        return text instanceof byte[] bytes ? bytes.length : Texts.of(text).getBytes(StandardCharsets.UTF_8).length;
    }

    @SqlFunction(doc = "Returns the text in small letters.", examples = "lower('HeLLo') = 'hello'")
    public static String lower(Object text) {
        return Texts.of(text).toLowerCase(Locale.ROOT);
    }

    @SqlFunction(doc = "Returns the text in capital letters.", examples = "upper('HeLLo') = 'HELLO'")
    public static String upper(Object text) {
        return Texts.of(text).toUpperCase(Locale.ROOT);
    }

    @SqlFunction(
            doc = "Returns the characters of a text from the last to the first.",
            examples = "reverse('abc') = 'cba'")
    public static String reverse(Object text) {
        return new StringBuilder(Texts.of(text)).reverse().toString();
    }

    @SqlFunction(doc = "Returns the text without white space around it.", examples = "trim('  a b ') = 'a b'")
    public static String trim(Object text) {
        return withoutTrailing(withoutLeading(Texts.of(text)));
    }

    @SqlFunction(doc = "Returns the text without white space before it.", examples = "ltrim('  a ') = 'a '")
    public static String ltrim(Object text) {
        return withoutLeading(Texts.of(text));
    }

    @SqlFunction(doc = "Returns the text without white space after it.", examples = "rtrim(' a  ') = ' a'")
    public static String rtrim(Object text) {
        return withoutTrailing(Texts.of(text));
    }

    @SqlFunction(doc = "Puts a number of blanks before a text.", examples = "lpad('a', 2) = '  a'")
    public static String lpad(Object text, long count) {
        return blanks("lpad", count) + Texts.of(text);
    }

    @SqlFunction(doc = "Puts a number of blanks after a text.", examples = "rpad('a', 2) = 'a  '")
    public static String rpad(Object text, long count) {
        return Texts.of(text) + blanks("rpad", count);
    }

    @SqlFunction(
            doc = "Splits a text at a separator, and returns the part with the given number, counted from 0.",
            examples = {"split_value('a/b/c', '/', 1) = 'b'", "split_value('a', '/', 0) = 'a'"})
    public static String splitValue(Object text, String separator, long index) {
        List<String> parts = Texts.split(Texts.of(text), separator);
        if (index < 0 || index >= parts.size()) {
            throw problem("Argument 'index' of 'split_value' takes 0 to " + (parts.size() - 1) + " for "
                    + Conversions.describe(text) + ", not '" + index + "'");
        }
        return parts.get((int) index);
    }

    private static String blanks(String function, long count) {
        if (count < 0 || count > MOST_PADDING) {
            throw problem(
                    "Argument 'count' of '" + function + "' takes 0 to " + MOST_PADDING + ", not '" + count + "'");
        }
        return " ".repeat((int) count);
    }

    private static String withoutLeading(String text) {
        int start = 0;
        while (start < text.length() && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private static String withoutTrailing(String text) {
        int end = text.length();
        while (end > 0 && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** As Unicode has it: also no-break spaces. All of it is in the basic plane. */
    private static boolean isWhiteSpace(char character) {
        return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r') || character == 0x85;
    }

    private static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
