package dev.mallard.generator.catalogue;

import java.io.IOException;
import java.nio.file.Path;

/** A model that a server has, in one version, ready to be got. */
interface RemoteModel {

  /** Bytes that come over the network, as the server says. */
  long downloadBytes();

  /** Bytes on disk while it is being got, at most. */
  long diskBytes();

  /**
   * Gets all files, going on from what an earlier try left.
   *
   * @param folder where they go; it exists
   * @return what to write down about them
   */
  Manifest fetch(Path folder, ProgressMeter meter) throws IOException, InterruptedException;
}
