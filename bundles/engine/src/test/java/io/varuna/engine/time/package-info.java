@NullMarked
package io.varuna.engine.time;

import org.jspecify.annotations.NullMarked;
