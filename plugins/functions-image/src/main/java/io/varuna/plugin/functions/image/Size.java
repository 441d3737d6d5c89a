package io.varuna.plugin.functions.image;

/**
 * How large an image is, in pixels.
 *
 * @param width of each row, above 0
 * @param height the number of rows, above 0
 */
record Size(int width, int height) {
    /** An image of a good camera has half of it. Reading more would take long, however few bytes claim to be that large. */
    static final int MOST_PIXELS = 50_000_000;

    private static final int BYTES_PER_PIXEL = Integer.BYTES;

    long pixels() {
        return (long) width * height;
    }

    void checkIsNotHuge(String function) {
        if (pixels() > MOST_PIXELS) {
            throw Picture.problem(
                    "'" + function + "' takes and makes images of up to " + MOST_PIXELS + " pixels, not " + this);
        }
    }

    /** All rules share the heap, so an image has to do with a quarter of it. */
    void checkFitsMemory(String function) {
        long most = Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_PIXEL;
        if (pixels() > most) {
            throw Picture.problem(
                    "'" + function + "' would take " + this + " pixels into memory; with the present heap up to " + most
                            + " go. Give Java more, as by JAVA_OPTS=-Xmx512m");
        }
    }

    /** Returns how many pixels and rows can be left out while reading, so that twice as many are left as are wanted. */
    int subsampling(Size wanted) {
        return Math.max(1, Math.min(width / wanted.width, height / wanted.height) / 2);
    }

    Size subsampled(int each) {
        return new Size((width + each - 1) / each, (height + each - 1) / each);
    }

    /** Returns the size that is within both limits, as close to them as the proportions allow; this one if it is within. */
    Size within(int maxWidth, int maxHeight) {
        if (width <= maxWidth && height <= maxHeight) {
            return this;
        }
        return (long) width * maxHeight > (long) height * maxWidth ? ofWidth(maxWidth) : ofHeight(maxHeight);
    }

    Size ofWidth(int other) {
        return new Size(other, inProportion(height, other, width));
    }

    Size ofHeight(int other) {
        return new Size(inProportion(width, other, height), other);
    }

    /** Returns a side of an image whose other side goes from {@code from} to {@code to}; nothing is smaller than a pixel. */
    private static int inProportion(int side, int to, int from) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round((double) side * to / from)));
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
