@NullMarked
package io.varuna.plugin.functions.datetime;

import org.jspecify.annotations.NullMarked;
