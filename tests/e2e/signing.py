"""Signing in with paramiko, politely and not. usage: signing.py PORT ACT ARG...

Each act prints one line a trial: "in" when the server let us in, "out" when it
did not; `key`, `password` also what the command whoami answers.
"""
import os
import random
import select
import shutil
import signal
import socket
import statistics
import sys
import termios
import threading
import time
import tty

import paramiko
from paramiko.common import (
    cMSG_USERAUTH_INFO_RESPONSE,
    cMSG_USERAUTH_REQUEST,
)

PORT = int(sys.argv[1])
USER = "tester"


def connect():
    """The server takes 20 at a time from here: wait for one to be gone."""
    for _ in range(400):
        sock = socket.create_connection(("127.0.0.1", PORT), 20)
        t = paramiko.Transport(sock)
        t.daemon = True
        try:
            t.start_client(timeout=20)
            return t
        except (paramiko.SSHException, EOFError, OSError):
            t.close()
            time.sleep(0.05)
    raise OSError("no connection")


def load(path):
    return paramiko.Ed25519Key.from_private_key_file(path)


def tell(t):
    print("in" if t.is_authenticated() else "out", flush=True)


def whoami(t):
    channel = t.open_session()
    channel.exec_command("whoami")
    print(channel.makefile().read().decode().strip(), flush=True)


def ask_for(t, user, method, *rest):
    """A raw request, after which the answer is not waited for."""
    m = paramiko.Message()
    m.add_byte(cMSG_USERAUTH_REQUEST)
    m.add_string(user)
    m.add_string("ssh-connection")
    m.add_string(method)
    for part in rest:
        if isinstance(part, bool):
            m.add_boolean(part)
        else:
            m.add_string(part)
    t._send_message(m)


def answer(t, *texts):
    m = paramiko.Message()
    m.add_byte(cMSG_USERAUTH_INFO_RESPONSE)
    m.add_int(len(texts))
    for text in texts:
        m.add_string(text)
    t._send_message(m)


def attempt(act, *args):
    """What a refusal raises is of no interest: tell() looks."""
    try:
        return act(*args)
    except Exception:  # pylint: disable=broad-except
        return None


def settle(t):
    """Until the server hung up, or has had time to."""
    end = time.monotonic() + 3
    while t.is_active() and not t.is_authenticated():
        if time.monotonic() > end:
            return
        time.sleep(0.01)


def begin(t, user=USER):
    """libssh wants the service to be asked for; "none" does that."""
    attempt(t.auth_none, user)


def key(path, code=None):
    t = connect()
    left = t.auth_publickey(USER, load(path))
    if left:
        t.auth_interactive(USER, lambda title, text, prompts: [code])
    tell(t)
    whoami(t)


def password(name, secret):
    t = connect()
    t.auth_interactive(USER, lambda title, text, prompts: [name, secret])
    tell(t)
    whoami(t)


def client(path, *words):
    """As ssh is used: client KEY [-t] USER@HOST [COMMAND...]; -t for a
    terminal, whose size is followed."""
    words = list(words)
    terminal = "-t" in words[:1]
    if terminal:
        words.pop(0)
    t = connect()
    t.auth_publickey(words.pop(0).split("@")[0], load(path))
    channel = t.open_session()
    before = None
    if terminal:
        size = shutil.get_terminal_size()
        channel.get_pty(os.environ["TERM"], size.columns, size.lines)
        before = termios.tcgetattr(0)
        tty.setraw(0)
        signal.signal(signal.SIGWINCH, lambda *_: channel.resize_pty(
            *os.get_terminal_size(0)))
    if words:
        channel.exec_command(" ".join(words))
    else:
        channel.invoke_shell()
    watched = [channel, 0]
    while not channel.closed or channel.recv_ready():
        ready, _, _ = select.select(watched, [], [], 1)
        if 0 in ready:
            data = os.read(0, 65536)
            if data:
                channel.sendall(data)
            else:
                channel.shutdown_write()
                watched.remove(0)
        while channel.recv_stderr_ready():
            os.write(2, channel.recv_stderr(65536))
        if channel in ready or channel.recv_ready():
            data = channel.recv(65536)
            while data:
                data = data[os.write(1, data):]
            if channel.eof_received and not channel.recv_ready():
                break
    status = channel.recv_exit_status()
    while channel.recv_stderr_ready():
        os.write(2, channel.recv_stderr(65536))
    if before:
        termios.tcsetattr(0, termios.TCSADRAIN, before)
    os._exit(status)


def hostile(known, secret):
    strange = paramiko.RSAKey.generate(3072)
    mine = load(known)

    t = connect()  # answers that nobody asked for
    begin(t)
    answer(t, USER, secret)
    settle(t)
    tell(t)

    for texts in ([secret], [USER, secret, "more"], []):  # too few, too many
        t = connect()
        attempt(t.auth_interactive, USER, lambda a, b, c: texts)
        settle(t)
        tell(t)

    t = connect()  # another name while a question waits

    def rename(title, text, prompts):
        ask_for(t, "piet", "keyboard-interactive", "", "")
        return [USER, secret]

    attempt(t.auth_interactive, USER, rename)
    settle(t)
    tell(t)

    t = connect()  # offer one key, sign with another
    begin(t)
    ask_for(t, USER, "publickey", False, mine.get_name(), mine.asbytes())
    attempt(t.auth_publickey, USER, strange)
    settle(t)
    tell(t)

    t = connect()  # a key under one name, the question under another
    begin(t)
    attempt(t.auth_publickey, USER, strange)
    attempt(t.auth_interactive, "piet", lambda a, b, c: ["piet", "x"])
    settle(t)
    tell(t)

    t = connect()  # "none", three thousand times
    begin(t)
    for _ in range(3000):
        if not t.is_active():
            break
        attempt(ask_for, t, USER, "none")
    settle(t)
    tell(t)

    t = connect()  # a name of 200 kB
    begin(t, "x" * 200000)
    settle(t)
    tell(t)

    t = connect()  # the same key, offered three thousand times
    begin(t)
    for _ in range(3000):
        if not t.is_active():
            break
        attempt(ask_for, t, USER, "publickey", False, strange.get_name(),
                strange.asbytes())
    settle(t)
    tell(t)

    t = connect()  # passwords by the method for them, which is not served
    begin(t)
    for _ in range(3000):
        if not t.is_active():
            break
        attempt(ask_for, t, USER, "password", False, secret)
    settle(t)
    tell(t)

    for weak in (paramiko.RSAKey.generate(2048),
                 paramiko.ECDSAKey.generate(bits=521)):
        t = connect()  # keys that are too weak, or of a kind not taken
        begin(t)
        attempt(t.auth_publickey, USER, weak)
        settle(t)
        tell(t)


def channels(known, count):
    """Of somebody who may have one. Did it end, and how many were opened?"""
    t = connect()
    t.auth_publickey(USER, load(known))
    opened = 0
    for number in range(int(count)):
        m = paramiko.Message()
        m.add_byte(b"\x5a")  # SSH_MSG_CHANNEL_OPEN
        m.add_string("session")
        m.add_int(number)
        m.add_int(1 << 20)
        m.add_int(1 << 15)
        if not t.is_active() or attempt(t._send_message, m) is False:
            break
        opened += 1
    end = time.monotonic() + 20
    while t.is_active() and time.monotonic() < end:
        time.sleep(0.01)
    print("on" if t.is_active() else "ended", flush=True)


def orders(known, other, count, seed):
    """Any order of steps without a signature or password that is right."""
    chance = random.Random(int(seed))
    mine, strange = load(known), load(other)
    for _ in range(int(count)):
        t = connect()
        attempt(begin, t)
        for _ in range(chance.randint(1, 6)):
            steps = (
                lambda: ask_for(t, USER, "publickey", False,
                                mine.get_name(), mine.asbytes()),
                lambda: ask_for(t, USER, "publickey", False,
                                strange.get_name(), strange.asbytes()),
                lambda: t.auth_publickey(USER, strange),
                lambda: t.auth_interactive(USER, lambda a, b, prompts: [
                    "fout" for _ in prompts]),
                lambda: t.auth_interactive(USER, lambda a, b, c: [
                    "1"] * chance.randint(0, 3)),
                lambda: answer(t, *["1"] * chance.randint(0, 3)),
                lambda: answer(t, USER, "fout"),
                lambda: ask_for(t, USER, "password", False, "fout"),
            )
            attempt(chance.choice(steps))
        if t.is_authenticated():
            print("in")
        t.close()
    print("done")


def spent_by(pid):
    """Processor time of all its threads, in seconds."""
    total = 0
    for task in os.listdir("/proc/%s/task" % pid):
        try:
            with open("/proc/%s/task/%s/schedstat" % (pid, task),
                      encoding="ascii") as f:
                total += int(f.read().split()[0])
        except OSError:
            pass  # it ended just now
    return total / 1e9


def timing(count, pid):
    """Wrong passwords of somebody and of nobody, in pairs: one right behind the
    other, as often this one first as that one. In microseconds: how far apart
    the medians of the two are; the median of how far apart the two of a pair
    are; and the same of the processor time of process `pid`, which answers.
    Then by what factor the shortest differ, in percent. Nothing is left out."""
    names = ["tester", "niemand"]
    spent = {name: [] for name in names}
    work = {name: [] for name in names}
    while len(spent[names[0]]) < int(count):
        t = connect()
        # four, since the sixth wrong one would end the connection; what came
        # before the first question is not measured
        order = names + names[::-1]
        names.reverse()
        state = {"n": 0, "since": 0.0, "work": 0.0}

        def type_wrong(title, text, prompts):
            now = time.monotonic()
            n = state["n"]
            if n > 0:
                spent[order[n - 1]].append(now - state["since"])
                work[order[n - 1]].append(spent_by(pid) - state["work"])
            state["n"] += 1
            if n == len(order):
                return [order[0], ""]
            state["work"] = spent_by(pid)
            state["since"] = time.monotonic()
            return [order[n], "fout fout fout"]

        attempt(t.auth_interactive, USER, type_wrong)
        t.close()
    median = statistics.median
    for apart in (median(spent["tester"]) - median(spent["niemand"]),
                  median(a - b for a, b in zip(*spent.values())),
                  median(a - b for a, b in zip(*work.values()))):
        print(round(abs(apart) * 1e6))
    least = [min(times) for times in spent.values()]
    print(round(100 * max(least) / min(least)), flush=True)


def quiet(args):
    """paramiko tells of refusals on stderr, from threads of its own."""
    threading.excepthook = lambda _: None
    sys.stderr = open(os.devnull, "w", encoding="utf-8")
    {"client": client, "key": key, "password": password, "hostile": hostile,
     "orders": orders, "timing": timing, "channels": channels}[args[0]](
         *args[1:])


quiet(sys.argv[2:])
sys.stdout.flush()
os._exit(0)
