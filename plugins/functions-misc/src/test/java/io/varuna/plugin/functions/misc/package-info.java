@NullMarked
package io.varuna.plugin.functions.misc;

import org.jspecify.annotations.NullMarked;
