package io.varuna.plugin.functions.image;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes images smaller or larger, in the format in which they come. */
@Component
public final class ImageFunctions implements FunctionLibrary {
    private static final String PIXEL =
            "'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC'";
    private static final String IMAGE = "decode(" + PIXEL + ", 'base64')";

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(resize(), thumbnail());
    }

    private static FunctionDefinition resize() {
        return FunctionDefinition.scalar("resize", () -> ImageFunctions::resize)
                .doc(
                        "Returns a PNG, JPEG or GIF in another size, in pixels; where one of the two is 0, it follows from the other. With true as the last argument the result is no file, but red, green and blue of each pixel.")
                .parameter("image", DataType.VARBINARY)
                .parameter("width", DataType.BIGINT)
                .parameter("height", DataType.BIGINT)
                .parameter(Parameter.of("raw", DataType.BOOLEAN).asOptional())
                .result(DataType.VARBINARY)
                .example("encode(resize(" + IMAGE + ", 2, 1, true), 'base64') = '/wAA/wAA'")
                .build();
    }

    private static byte[] resize(Args args) {
        String name = "resize";
        int width = pixels(name, "width", args.get(1));
        int height = pixels(name, "height", args.get(2));
        byte[] bytes = (byte[]) Objects.requireNonNull(args.get(0));
        Size size = Picture.size(name, bytes);
        Picture resized = Picture.read(name, bytes, size, wanted(size, width, height));
        return args.size() > 3 && Boolean.TRUE.equals(args.get(3)) ? resized.pixels() : resized.bytes(name);
    }

    private static Size wanted(Size size, int width, int height) {
        if (width > 0 && height > 0) {
            return new Size(width, height);
        }
        if (width > 0) {
            return size.ofWidth(width);
        }
        return height > 0 ? size.ofHeight(height) : size;
    }

    private static FunctionDefinition thumbnail() {
        return FunctionDefinition.scalar("thumbnail", () -> ImageFunctions::thumbnail)
                .doc(
                        "Makes a PNG, JPEG or GIF so small that it is within a width and a height, in pixels, and keeps its proportions; one that is small already stays as it is.")
                .parameter("image", DataType.VARBINARY)
                .parameter("max_width", DataType.BIGINT)
                .parameter("max_height", DataType.BIGINT)
                .result(DataType.VARBINARY)
                .example("encode(thumbnail(" + IMAGE + ", 10, 10), 'base64') = " + PIXEL)
                .build();
    }

    private static byte[] thumbnail(Args args) {
        String name = "thumbnail";
        int maxWidth = pixels(name, "max_width", args.get(1));
        int maxHeight = pixels(name, "max_height", args.get(2));
        if (maxWidth == 0 || maxHeight == 0) {
            throw Picture.problem(
                    "'thumbnail' takes a width and a height above 0, not " + maxWidth + " and " + maxHeight);
        }
        byte[] bytes = (byte[]) Objects.requireNonNull(args.get(0));
        Size size = Picture.size(name, bytes);
        Size wanted = size.within(maxWidth, maxHeight);
        return wanted.equals(size)
                ? bytes
                : Picture.read(name, bytes, size, wanted).bytes(name);
    }

    private static int pixels(String function, String argument, @Nullable Object value) {
        long pixels = ((Number) Objects.requireNonNull(value)).longValue();
        if (pixels < 0 || pixels > Size.MOST_PIXELS) {
            throw Picture.problem("Argument '" + argument + "' of '" + function
                    + "' takes a number of pixels from 0 to " + Size.MOST_PIXELS + ", not " + pixels);
        }
        return (int) pixels;
    }
}
