/** Streams and tables. */
@NullMarked
package io.varuna.runtime.stream;

import org.jspecify.annotations.NullMarked;
