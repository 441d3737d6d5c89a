/** Starts, stops and looks at the container. */
@NullMarked
package io.varuna.launcher;

import org.jspecify.annotations.NullMarked;
