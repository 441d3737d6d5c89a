@NullMarked
package io.varuna.plugin.functions.samples;

import org.jspecify.annotations.NullMarked;
