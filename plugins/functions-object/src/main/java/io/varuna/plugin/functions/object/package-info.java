/** Functions of objects. */
@NullMarked
package io.varuna.plugin.functions.object;

import org.jspecify.annotations.NullMarked;
