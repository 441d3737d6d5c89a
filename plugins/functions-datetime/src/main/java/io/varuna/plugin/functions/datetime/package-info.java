/** Date and time functions. Where a text names no time zone, it is the one of the engine. */
@NullMarked
package io.varuna.plugin.functions.datetime;

import org.jspecify.annotations.NullMarked;
