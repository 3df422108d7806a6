"""supervisord: what it runs, how it is started apart from everybody, how it is asked and stopped.

Every program is started again without limit. supervisord itself is watched by the keeper, one of its own
programs, so whichever of the two is killed is started again by the other.
"""

from __future__ import annotations

import http.client
import os
import shlex
import subprocess
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reporting_stack.files import write_private
from reporting_stack.layout import PYTHON, ROOT, Home, StackError
from reporting_stack.processes import MARK, is_alive

WITHOUT_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """One supervised process. `after` names what must be there before it starts (see start-after)."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    after: Sequence[str] = ()
    stage: int = 50
    # Begun by hand and over when it ends well; begun again only if it fails.
    once: bool = False
    stop_signal: str = "TERM"
    stop_seconds: int = 15

    def section(self, home: Home) -> str:
        start = [str(ROOT / "deploy" / "stack" / "libexec" / "start-after"), *self.after, "--"]
        command = [*start, *self.command] if self.after else [*self.command]
        lines = {
            "command": shlex.join(command),
            "directory": str(home.data),
            "priority": self.stage,
            "autostart": "false" if self.once else "true",
            "autorestart": "unexpected" if self.once else "true",
            "startsecs": 1,
            "startretries": WITHOUT_LIMIT,
            "stopsignal": self.stop_signal,
            "stopwaitsecs": self.stop_seconds,
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": str(home.logs / f"{self.name}.log"),
            "stdout_logfile_maxbytes": "20MB",
            "stdout_logfile_backups": 2,
        }
        if self.environment:
            pairs = (f"{name}={_quoted(value)}" for name, value in sorted(self.environment.items()))
            lines["environment"] = ",".join(pairs)
        body = "\n".join(f"{name}={_escaped(str(value))}" for name, value in lines.items())
        return f"[program:{self.name}]\n{body}\n"


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _escaped(value: str) -> str:
    return value.replace("%", "%%")


def configuration(home: Home, programs: Sequence[Program], password: str) -> str:
    socket = home.sockets / "supervisor.sock"
    keeper = Program(
        "keeper", [str(PYTHON), "-m", "reporting_stack.keeper", home.name], stage=999, stop_signal="KILL"
    )
    head: dict[str, dict[str, object]] = {
        "unix_http_server": {
            "file": socket,
            "chmod": "0600",
            "username": "stack",
            "password": password,
        },
        "supervisord": {
            "logfile": home.logs / "supervisord.log",
            "logfile_maxbytes": "5MB",
            "logfile_backups": 1,
            "pidfile": pid_file(home),
            "nodaemon": "true",
            "minfds": 4096,
            "umask": "077",
            "childlogdir": home.logs,
        },
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }
    sections = [
        f"[{name}]\n" + "\n".join(f"{key}={_escaped(str(value))}" for key, value in values.items()) + "\n"
        for name, values in head.items()
    ]
    return "\n".join([*sections, *(program.section(home) for program in [*programs, keeper])])


def write_configuration(home: Home, programs: Sequence[Program], password: str) -> None:
    write_private(home.config / "supervisord.conf", configuration(home, programs, password))
    write_private(home.secrets / "supervisor", password)


def pid_file(home: Home) -> str:
    return str(home.root / "supervisord.pid")


def running_pid(home: Home) -> int | None:
    """The pid of this stack's supervisord, if it lives."""
    try:
        with open(pid_file(home), encoding="ascii") as file:
            pid = int(file.read())
    except (OSError, ValueError):
        return None
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            ours = str(home.config / "supervisord.conf").encode() in file.read()
    except OSError:
        return None
    return pid if ours and is_alive(pid) else None


def launch(home: Home) -> None:
    """Starts supervisord in a session of its own, with no descriptor of ours and a plain environment."""
    kept = ("PATH", "HOME", "USER", "LOGNAME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"LANG": "C.UTF-8", "TZ": "UTC", MARK: str(home.root), "PYTHONUNBUFFERED": "1"}
    with (home.logs / "supervisord.out").open("ab") as out:
        subprocess.Popen(
            [str(PYTHON), "-m", "supervisor.supervisord", "-c", str(home.config / "supervisord.conf"), "-n"],
            cwd=home.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            close_fds=True,
        )
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        try:
            rpc(home).getState()
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            time.sleep(0.1)
        else:
            return
    raise StackError(f"supervisord doesn't answer; see {home.logs / 'supervisord.out'}")


def rpc(home: Home) -> Any:
    """supervisord's own interface, over its UNIX socket."""
    # Loaded here: what prepares a server elsewhere runs nothing under supervisord.
    from supervisor.xmlrpc import SupervisorTransport

    password = (home.secrets / "supervisor").read_text()
    transport = SupervisorTransport("stack", password, f"unix://{home.sockets / 'supervisor.sock'}")
    return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor


def reload_programs(home: Home) -> None:
    """Takes the written configuration into a running supervisord: adds, changes and removes programs."""
    supervisor = rpc(home)
    added, changed, removed = supervisor.reloadConfig()[0]
    for name in [*changed, *removed]:
        supervisor.stopProcessGroup(name)
        supervisor.removeProcessGroup(name)
    for name in [*added, *changed]:
        supervisor.addProcessGroup(name)


def states(home: Home) -> list[dict[str, Any]]:
    """What supervisord says of each program; empty if it doesn't run."""
    if running_pid(home) is None:
        return []
    try:
        return list(rpc(home).getAllProcessInfo())
    except (OSError, http.client.HTTPException, xmlrpc.client.Error):
        return []


def stop(home: Home, name: str) -> None:
    """Waits for its end; one that isn't running is as it should be."""
    try:
        rpc(home).stopProcess(name)
    except xmlrpc.client.Fault as fault:
        if "NOT_RUNNING" not in str(fault.faultString):
            raise StackError(f"{name}: {fault.faultString}") from fault


def restart(home: Home, name: str) -> None:
    stop(home, name)
    rpc(home).startProcess(name)
