/** Reads and writes files. */
@NullMarked
package io.varuna.plugin.file;

import org.jspecify.annotations.NullMarked;
