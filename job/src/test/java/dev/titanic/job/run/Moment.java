package dev.titanic.job.run;

/** When an operator can be disturbed: before or after it does what Flink asks of it. */
enum Moment {
  OPEN,
  INPUT,
  MAIL,
  BEFORE_BARRIER,
  SNAPSHOT,
  NOTIFICATION
}
