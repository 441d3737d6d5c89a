/** Reads and writes JSON. */
@NullMarked
package io.varuna.plugin.codec.json;

import org.jspecify.annotations.NullMarked;
