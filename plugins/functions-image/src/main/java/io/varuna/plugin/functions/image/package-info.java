/** Sizes of images. */
@NullMarked
package io.varuna.plugin.functions.image;

import org.jspecify.annotations.NullMarked;
