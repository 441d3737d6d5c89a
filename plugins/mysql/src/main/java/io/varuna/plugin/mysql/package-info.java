/** Writes results to tables of MySQL and MariaDB, and looks up rows in them. */
@NullMarked
package io.varuna.plugin.mysql;

import org.jspecify.annotations.NullMarked;
