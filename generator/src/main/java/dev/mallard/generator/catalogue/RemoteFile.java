package dev.mallard.generator.catalogue;

/**
 * A file that somebody else serves, and how to know that it arrived.
 *
 * @param name path inside its model
 * @param size in bytes
 * @param digest of its content
 */
record RemoteFile(String name, long size, ContentDigest digest) {}
