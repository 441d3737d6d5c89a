/** Hands records from rule to rule within the process. */
@NullMarked
package io.varuna.plugin.memory;

import org.jspecify.annotations.NullMarked;
