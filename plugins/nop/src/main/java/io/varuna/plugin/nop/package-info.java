/** Throws results away. */
@NullMarked
package io.varuna.plugin.nop;

import org.jspecify.annotations.NullMarked;
