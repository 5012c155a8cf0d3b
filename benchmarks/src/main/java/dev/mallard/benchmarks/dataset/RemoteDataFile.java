package dev.mallard.benchmarks.dataset;

import java.net.URI;

/**
 * A file of a data set in its public home.
 *
 * @param name what it is called on disk
 * @param address pinned to a revision
 * @param bytes its size
 * @param sha256 its SHA-256 in hexadecimal digits
 */
public record RemoteDataFile(String name, URI address, long bytes, String sha256) {}
