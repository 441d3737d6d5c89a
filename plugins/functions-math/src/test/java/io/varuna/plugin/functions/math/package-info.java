@NullMarked
package io.varuna.plugin.functions.math;

import org.jspecify.annotations.NullMarked;
