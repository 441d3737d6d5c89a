@NullMarked
package io.varuna.plugin.functions.array;

import org.jspecify.annotations.NullMarked;
