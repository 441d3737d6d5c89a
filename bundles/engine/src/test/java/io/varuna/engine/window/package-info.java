@NullMarked
package io.varuna.engine.window;

import org.jspecify.annotations.NullMarked;
