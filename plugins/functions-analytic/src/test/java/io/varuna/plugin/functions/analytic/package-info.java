@NullMarked
package io.varuna.plugin.functions.analytic;

import org.jspecify.annotations.NullMarked;
