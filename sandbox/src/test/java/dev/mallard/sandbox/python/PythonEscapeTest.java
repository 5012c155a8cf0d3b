package dev.mallard.sandbox.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that want out of the sandbox, each named after what it tries. Whatever they get hold of
 * they put into {@code loot}, and the test is that there is some: a pass would be an escape.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonEscapeTest {
  private static final Limits LIMITS = Limits.DEFAULT.withWallClock(Duration.ofSeconds(20));

  private final WorkerPool sandbox = WorkerPool.start();

  @TempDir private Path directory;

  @AfterAll
  void close() {
    sandbox.close();
  }

  @AfterEach
  void theNextProgramRuns() throws InterruptedException {
    assertThat(run("x = 1", "assert x == 1").verdict()).isEqualTo(new Passed(1));
  }

  static Stream<Arguments> escapes() {
    return Stream.of(
        arguments("read a file", "loot = open('/etc/passwd').read()"),
        arguments(
            "read a file by descriptor", "import os\nloot = os.read(os.open('/etc/passwd', 0), 9)"),
        arguments(
            "read a file with pathlib",
            "import pathlib\nloot = pathlib.Path('/etc/passwd').read_text()"),
        arguments(
            "read a file with io.FileIO", "import io\nloot = io.FileIO('/etc/passwd').read()"),
        arguments(
            "read a file with io.open_code",
            "import io\nloot = io.open_code('/etc/passwd').read()"),
        arguments(
            "read a file with the import system's loader",
            "import importlib.machinery as m\n"
                + "loot = m.SourceFileLoader('p', '/etc/passwd').get_data('/etc/passwd')"),
        arguments(
            "read a file with linecache",
            "import linecache\nloot = linecache.getline('/etc/passwd', 1)"),
        arguments(
            "read a file with tokenize",
            "import tokenize\nloot = tokenize.open('/etc/passwd').read()"),
        arguments(
            "read a file with fileinput",
            "import fileinput\nloot = list(fileinput.input('/etc/passwd'))"),
        arguments(
            "map a file into memory",
            "import mmap, os\nloot = mmap.mmap(os.open('/etc/passwd', 0), 0)[:]"),
        arguments("read a file of the process", "loot = open('/proc/self/environ').read()"),
        arguments("read the memory of the process", "loot = open('/proc/self/mem', 'rb').read(1)"),
        arguments("list a directory", "import os\nloot = os.listdir('/')"),
        arguments("walk a directory", "import os\nloot = list(os.walk('/etc'))"),
        arguments("match files by a pattern", "import glob\nloot = glob.glob('/etc/*')"),
        arguments("make a temporary file", "import tempfile\nloot = tempfile.mkstemp()"),
        arguments("make a directory", "import os\nos.mkdir('/tmp/loot')\nloot = 1"),
        arguments("remove a file", "import os\nos.remove('/etc/hostname')\nloot = 1"),
        arguments(
            "see the environment",
            "import os\nloot = os.environ.get('PATH') or os.environ.get('HOME')"),
        arguments("open a socket", "import socket\nloot = socket.socket()"),
        arguments("look up a host", "import socket\nloot = socket.gethostbyname('localhost')"),
        arguments(
            "fetch a page",
            "import urllib.request\nloot = urllib.request.urlopen('http://127.0.0.1/').read()"),
        arguments(
            "read a file by address",
            "import urllib.request\nloot = urllib.request.urlopen('file:///etc/passwd').read()"),
        arguments(
            "run a command with subprocess",
            "import subprocess\nloot = subprocess.run('id', capture_output=True).stdout"),
        arguments(
            "run a command with os.system", "import os\nassert os.system('id') == 0\nloot = 1"),
        arguments("run a command with os.popen", "import os\nloot = os.popen('id').read()"),
        arguments(
            "run a command with posix", "import posix\nassert posix.system('id') == 0\nloot = 1"),
        arguments("replace the process", "import os\nos.execv('/bin/true', ['true'])\nloot = 1"),
        arguments("fork", "import os\nloot = os.fork() + 1"),
        arguments(
            "spawn with multiprocessing",
            "import multiprocessing\np = multiprocessing.Process(target=print)\np.start()\nloot = p"),
        arguments(
            "spawn with asyncio",
            "import asyncio\nasync def f():\n  return await asyncio.create_subprocess_exec('id')\n"
                + "loot = asyncio.run(f())"),
        arguments("kill its parent", "import os\nos.kill(os.getppid(), 9)\nloot = 1"),
        arguments(
            "start a thread",
            "import threading\nt = threading.Thread(target=print)\nt.start()\nloot = t"),
        arguments("load a native library with ctypes", "import ctypes\nloot = ctypes.CDLL(None)"),
        arguments(
            "load a native library with _ctypes",
            "import _ctypes\nloot = _ctypes.dlopen('libc.so.6', 0)"),
        arguments(
            "load an extension module",
            "import importlib.machinery as m\nl = m.ExtensionFileLoader('x', '/lib/x.so')\n"
                + "loot = l.create_module(m.ModuleSpec('x', l))"),
        arguments(
            "import from a folder of the host",
            "import sys\nsys.path.insert(0, '/usr/lib/python3/dist-packages')\nimport apt_pkg\nloot = 1"),
        arguments(
            "import from an archive",
            "import zipimport\nloot = zipimport.zipimporter('/usr/lib/x.zip')"),
        arguments("reach a Java class", "import java\nloot = java.type('java.lang.System')"),
        arguments("reach a Java class by import", "from java.lang import System\nloot = System"),
        arguments(
            "add to Java's class path", "import java\nloot = java.add_to_classpath('/tmp') or 1"),
        arguments(
            "run another language",
            "import polyglot\nloot = polyglot.eval(language='js', string='1')"),
        arguments(
            "take what the host has exported",
            "import polyglot\nloot = polyglot.import_value('x')"),
        arguments(
            "reach os through the classes of object",
            "for c in ().__class__.__base__.__subclasses__():\n"
                + "  g = getattr(getattr(c, '__init__', None), '__globals__', {})\n"
                + "  for v in list(g.values()):\n"
                + "    if getattr(v, '__name__', '') in ('os', 'posix') and hasattr(v, 'popen'):\n"
                + "      loot = v.popen('id').read()"),
        arguments(
            "reach Java through a host object",
            "import sys\nframe = sys._getframe()\n"
                + "loot = [o for o in vars().values() if 'java' in str(type(o))][0].getClass()"),
        arguments(
            "use GraalPy's own internals",
            "import __graalpython__\nloot = __graalpython__.java_interop"
                + "('java.lang.Runtime')"),
        arguments("open the debugger", "breakpoint()\nloot = 1"),
        arguments("read what the host types", "loot = input()"),
        arguments("signal itself", "import signal\nsignal.alarm(1)\nsignal.pause()\nloot = 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("escapes")
  void nothingIsToBeHad(String attempt, String program) throws InterruptedException {
    Report report = run("loot = ''\n" + program, "assert loot");
    assertThat(report.verdict().passed()).as("%s: %s", attempt, report).isFalse();
    assertThat(report.standardOutput()).doesNotContain("root:", "uid=");
  }

  @Test
  void nothingIsWritten() throws IOException, InterruptedException {
    Path file = directory.resolve("written");
    for (String program :
        new String[] {
          "open(%s, 'w').write('x')",
          "import os\nos.open(%s, os.O_CREAT | os.O_WRONLY)",
          "import pathlib\npathlib.Path(%s).touch()",
          "import sqlite3\nsqlite3.connect(%s)",
          "import shutil\nshutil.copyfile('/etc/hostname', %s)",
          "import logging\nlogging.basicConfig(filename=%s)\nlogging.error('x')",
          "import atexit\natexit.register(lambda: open(%s, 'w'))",
          "import weakref\nclass A:\n  def __del__(self): open(%s, 'w')\na = A()\ndel a\n",
        }) {
      Report report = run(program.formatted("'" + file + "'"), "");
      assertThat(Files.exists(file)).as("%s: %s", program, report).isFalse();
    }
  }

  @Test
  void nothingIsSent() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      int port = server.getLocalPort();
      for (String program :
          new String[] {
            "import socket\nsocket.create_connection(('127.0.0.1', %d))",
            "import http.client\nhttp.client.HTTPConnection('127.0.0.1', %d).request('GET', '/')",
            "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:%d/')",
            "import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', %d))",
            "import _socket\n_socket.socket().connect(('127.0.0.1', %d))",
          }) {
        Report report = run(program.formatted(port), "");
        assertThat(report.verdict().passed()).as("%s: %s", program, report).isFalse();
      }
      Optional<Object> connection = Optional.empty();
      try {
        connection = Optional.of(server.accept());
      } catch (SocketTimeoutException e) {
        // Nobody has called.
      }
      assertThat(connection).isEmpty();
    }
  }

  private Report run(String program, String tests) throws InterruptedException {
    return sandbox.run(
        new Execution(GuestLanguage.PYTHON, program, TestSuite.asserts(tests), LIMITS));
  }
}
