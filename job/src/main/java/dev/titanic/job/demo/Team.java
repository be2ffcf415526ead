package dev.titanic.job.demo;

/**
 * A software team of the demo.
 *
 * @param client its client id
 * @param library its private code
 */
public record Team(String client, Library library) {}
