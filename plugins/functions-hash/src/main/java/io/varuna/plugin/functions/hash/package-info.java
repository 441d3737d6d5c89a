/** Checksums. */
@NullMarked
package io.varuna.plugin.functions.hash;

import org.jspecify.annotations.NullMarked;
