/** Functions of arrays, and functions that make rows. */
@NullMarked
package io.varuna.plugin.functions.array;

import org.jspecify.annotations.NullMarked;
