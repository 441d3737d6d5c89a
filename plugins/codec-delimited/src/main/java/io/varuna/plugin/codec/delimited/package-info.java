/** Reads and writes lines of delimited values. */
@NullMarked
package io.varuna.plugin.codec.delimited;

import org.jspecify.annotations.NullMarked;
