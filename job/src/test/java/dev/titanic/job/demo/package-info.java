@NullMarked
package dev.titanic.job.demo;

import org.jspecify.annotations.NullMarked;
