@NullMarked
package dev.titanic.job.config;

import org.jspecify.annotations.NullMarked;
