package dev.mallard.sandbox.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the operating system confines a process: to its {@link View} of the file system, without
 * network, other processes or privileges, and to be killed when the process that started it ends.
 */
sealed interface Confinement {
  /** The id that confined processes have in their own user namespace: "nobody". */
  String USER = "65534";

  /** Address space that a JVM takes besides its heap, in MiB; it also bounds its threads. */
  int MEBIBYTES_BESIDES_HEAP = 2048;

  /**
   * The command that runs another one, confined.
   *
   * @param command as seen from inside of the view
   */
  List<String> confine(View.Place view, int heapMebibytes, List<String> command);

  /** Those for which this machine has the tools, best first. */
  static List<Confinement> available() {
    List<Confinement> available = new ArrayList<>();
    Optional<Path> prlimit = SystemTools.find("prlimit");
    Optional<Path> bubblewrap = SystemTools.find("bwrap");
    if (prlimit.isPresent() && bubblewrap.isPresent()) {
      available.add(new Bubblewrap(prlimit.get(), bubblewrap.get()));
    }
    if (prlimit.isPresent() && Namespaces.findTools().isPresent()) {
      available.add(new Namespaces(prlimit.get(), Namespaces.findTools().get()));
    }
    return available;
  }

  private static List<String> limits(Path prlimit, int heapMebibytes) {
    long addressSpace = (heapMebibytes + MEBIBYTES_BESIDES_HEAP) * (1L << 20);
    return List.of(
        prlimit.toString(),
        "--as=" + addressSpace,
        "--core=0",
        "--fsize=0",
        "--memlock=0",
        "--nofile=64");
  }

  /** By bubblewrap. */
  record Bubblewrap(Path prlimit, Path bubblewrap) implements Confinement {
    @Override
    public List<String> confine(View.Place view, int heapMebibytes, List<String> command) {
      List<String> confined = new ArrayList<>(limits(prlimit, heapMebibytes));
      confined.add(bubblewrap.toString());
      // The user namespace first and by name: --unshare-all only tries to have one.
      confined.addAll(List.of("--unshare-user", "--unshare-all", "--uid", USER, "--gid", USER));
      confined.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
      confined.addAll(List.of("--clearenv", "--setenv", "LD_LIBRARY_PATH", view.libraryPath()));
      confined.addAll(List.of("--setenv", "MALLOC_ARENA_MAX", "2"));
      confined.addAll(List.of("--ro-bind", view.root().toString(), "/"));
      for (View.Mount mount : view.mounts()) {
        confined.add(mount.device() ? "--dev-bind" : "--ro-bind");
        confined.add(mount.source().toString());
        confined.add(mount.target().toString());
      }
      confined.addAll(List.of("--chdir", "/", "--"));
      confined.addAll(command);
      return confined;
    }
  }

  /** By util-linux: the namespaces one by one. */
  record Namespaces(Path prlimit, Tools tools) implements Confinement {
    /** What it takes. */
    record Tools(
        Path environment, Path mount, Path setpriv, Path setsid, Path shell, Path unshare) {}

    static Optional<Tools> findTools() {
      Optional<Path> environment = SystemTools.find("env");
      Optional<Path> mount = SystemTools.find("mount");
      Optional<Path> setpriv = SystemTools.find("setpriv");
      Optional<Path> setsid = SystemTools.find("setsid");
      Optional<Path> shell = SystemTools.find("sh");
      Optional<Path> unshare = SystemTools.find("unshare");
      if (environment.isEmpty()
          || mount.isEmpty()
          || setpriv.isEmpty()
          || setsid.isEmpty()
          || shell.isEmpty()
          || unshare.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Tools(
              environment.get(),
              mount.get(),
              setpriv.get(),
              setsid.get(),
              shell.get(),
              unshare.get()));
    }

    /**
     * Runs as root of the outer user namespace, which owns the mounts. The program gets a user
     * namespace within it, where it is nobody and has no capabilities, and a root directory that it
     * cannot leave without any.
     */
    private static final String SCRIPT =
        """
        set -eu
        root=$1 environment=$2 mount=$3 setpriv=$4 unshare=$5
        shift 5
        "$mount" --bind "$root" "$root"
        while [ "$1" != -- ]; do
          "$mount" --bind "$2" "$root$3"
          if [ "$1" = file ]; then
            "$mount" -o remount,bind,ro,nosuid,nodev "$root$3" ||
              "$mount" -o remount,bind,ro "$root$3"
          fi
          shift 3
        done
        "$mount" -o remount,bind,ro "$root"
        shift
        libraries=$1
        shift
        exec "$environment" -i "LD_LIBRARY_PATH=$libraries" MALLOC_ARENA_MAX=2 \
          "$setpriv" --no-new-privs \
          "$unshare" --user --map-user=65534 --map-group=65534 --root="$root" --wd=/ -- "$@"
        """;

    @Override
    public List<String> confine(View.Place view, int heapMebibytes, List<String> command) {
      List<String> confined = new ArrayList<>(limits(prlimit, heapMebibytes));
      confined.addAll(List.of(tools.setpriv().toString(), "--pdeathsig", "KILL", "--"));
      confined.addAll(List.of(tools.setsid().toString(), "--", tools.unshare().toString()));
      confined.addAll(List.of("--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc"));
      confined.addAll(List.of("--uts", "--cgroup", "--fork", "--kill-child", "--"));
      confined.addAll(List.of(tools.shell().toString(), "-c", SCRIPT, "sh"));
      confined.add(view.root().toString());
      confined.add(tools.environment().toString());
      confined.add(tools.mount().toString());
      confined.add(tools.setpriv().toString());
      confined.add(tools.unshare().toString());
      for (View.Mount mount : view.mounts()) {
        confined.add(mount.device() ? "device" : "file");
        confined.add(mount.source().toString());
        confined.add(mount.target().toString());
      }
      confined.addAll(List.of("--", view.libraryPath()));
      confined.addAll(command);
      return confined;
    }
  }
}
