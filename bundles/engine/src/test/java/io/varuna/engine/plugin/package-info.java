@NullMarked
package io.varuna.engine.plugin;

import org.jspecify.annotations.NullMarked;
