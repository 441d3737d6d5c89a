/** Writes results to the log. */
@NullMarked
package io.varuna.plugin.log;

import org.jspecify.annotations.NullMarked;
