/** The configuration file: its options, its checks, and the records that the job reads. */
@NullMarked
package dev.titanic.job.config;

import org.jspecify.annotations.NullMarked;
