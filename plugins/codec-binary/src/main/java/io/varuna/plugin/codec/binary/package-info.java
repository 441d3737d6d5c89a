/** Takes payloads as they are. */
@NullMarked
package io.varuna.plugin.codec.binary;

import org.jspecify.annotations.NullMarked;
