/** The functions that statements can call. */
@NullMarked
package io.varuna.runtime.function;

import org.jspecify.annotations.NullMarked;
