package dev.mallard.sandbox.confinement;

import dev.mallard.sandbox.UnconfinedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the operating system confines a process: to its {@link Surroundings}, without network, other
 * processes or privileges, and to be killed when the thread that started it ends.
 */
public sealed interface Confinement {
  /** The id that confined processes have in their own user namespace: "nobody". */
  String USER = "65534";

  /**
   * The command that runs another one, confined.
   *
   * @param command as seen from inside of the surroundings
   */
  List<String> confine(Surroundings surroundings, Bounds bounds, List<String> command);

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

  /**
   * Refuses operating systems on which nothing confines.
   *
   * @param language whose programs are not run there
   * @throws UnconfinedException if this is no Linux
   */
  static void requireLinux(String language) {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new UnconfinedException(
          ("%s programs are run on Linux only, because nothing confines them elsewhere;"
                  + " run Mallard in a Linux virtual machine or container.")
              .formatted(language));
    }
  }

  /** Says that none of those that are available works. */
  static UnconfinedException noneWorks(String language) {
    return new UnconfinedException(
        ("%s programs cannot be confined on this machine: install bubblewrap (the command bwrap),"
                + " and allow unprivileged user namespaces if they are forbidden (on Ubuntu: sysctl"
                + " kernel.apparmor_restrict_unprivileged_userns=0; in a container: a seccomp"
                + " profile that allows unshare and mount).")
            .formatted(language));
  }

  private static List<String> limits(Path prlimit, Bounds bounds) {
    return List.of(
        prlimit.toString(),
        "--as=" + ((long) bounds.addressSpaceMebibytes() << 20),
        "--core=0",
        "--fsize=" + ((long) bounds.fileMebibytes() << 20),
        "--memlock=0",
        "--nofile=64");
  }

  /** By bubblewrap. */
  record Bubblewrap(Path prlimit, Path bubblewrap) implements Confinement {
    @Override
    public List<String> confine(Surroundings surroundings, Bounds bounds, List<String> command) {
      List<String> confined = new ArrayList<>(limits(prlimit, bounds));
      confined.add(bubblewrap.toString());
      // The user namespace first and by name: --unshare-all only tries to have one.
      confined.addAll(List.of("--unshare-user", "--unshare-all", "--uid", USER, "--gid", USER));
      confined.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
      confined.add("--clearenv");
      surroundings
          .environment()
          .forEach((name, value) -> confined.addAll(List.of("--setenv", name, value)));
      confined.addAll(List.of("--ro-bind", surroundings.root().toString(), "/"));
      for (Mount mount : surroundings.mounts()) {
        String target = mount.target().toString();
        confined.addAll(
            switch (mount) {
              case Mount.ReadOnly files -> List.of("--ro-bind", files.source().toString(), target);
              case Mount.Device device -> List.of("--dev-bind", target, target);
              case Mount.Scratch scratch ->
                  List.of(
                      "--size", Long.toString((long) scratch.mebibytes() << 20), "--tmpfs", target);
            });
      }
      confined.addAll(List.of("--chdir", "/", "--"));
      confined.addAll(command);
      return confined;
    }
  }

  /** By util-linux: the namespaces one by one. */
  record Namespaces(Path prlimit, Tools tools) implements Confinement {
    /** What it takes. */
    public record Tools(
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
     * Runs as root of the outer user namespace, which owns the mounts, and then runs the command
     * that comes after them.
     */
    private static final String SCRIPT =
        """
        set -eu
        root=$1 mount=$2
        shift 2
        "$mount" --bind "$root" "$root"
        while [ "$1" != -- ]; do
          case $1 in
            scratch)
              "$mount" -t tmpfs -o "nosuid,nodev,mode=1777,size=$2" scratch "$root$3"
              ;;
            *)
              "$mount" --bind "$2" "$root$3"
              if [ "$1" = file ]; then
                "$mount" -o remount,bind,ro,nosuid,nodev "$root$3" ||
                  "$mount" -o remount,bind,ro "$root$3"
              fi
              ;;
          esac
          shift 3
        done
        "$mount" -o remount,bind,ro "$root"
        shift
        exec "$@"
        """;

    @Override
    public List<String> confine(Surroundings surroundings, Bounds bounds, List<String> command) {
      List<String> confined = new ArrayList<>(limits(prlimit, bounds));
      confined.addAll(List.of(tools.setpriv().toString(), "--pdeathsig", "KILL", "--"));
      confined.addAll(List.of(tools.setsid().toString(), "--", tools.unshare().toString()));
      confined.addAll(List.of("--user", "--map-root-user", "--mount", "--pid", "--net", "--ipc"));
      confined.addAll(List.of("--uts", "--cgroup", "--fork", "--kill-child", "--"));
      confined.addAll(List.of(tools.shell().toString(), "-c", SCRIPT, "sh"));
      confined.addAll(List.of(surroundings.root().toString(), tools.mount().toString()));
      for (Mount mount : surroundings.mounts()) {
        confined.addAll(
            switch (mount) {
              case Mount.ReadOnly files -> List.of("file", files.source().toString());
              case Mount.Device device -> List.of("device", device.target().toString());
              case Mount.Scratch scratch -> List.of("scratch", scratch.mebibytes() + "m");
            });
        confined.add(mount.target().toString());
      }
      confined.add("--");
      confined.addAll(inside(surroundings));
      confined.addAll(command);
      return confined;
    }

    /**
     * Begins the command that runs once all is mounted. The program gets a user namespace within
     * that of the script, where it is nobody and has no capabilities, and a root directory that it
     * cannot leave without any.
     */
    private List<String> inside(Surroundings surroundings) {
      List<String> inside = new ArrayList<>(List.of(tools.environment().toString(), "-i"));
      surroundings.environment().forEach((name, value) -> inside.add(name + "=" + value));
      inside.addAll(List.of(tools.setpriv().toString(), "--no-new-privs"));
      inside.addAll(List.of(tools.unshare().toString(), "--user"));
      inside.addAll(List.of("--map-user=" + USER, "--map-group=" + USER));
      inside.addAll(List.of("--root=" + surroundings.root(), "--wd=/", "--"));
      return inside;
    }
  }
}
