"""Pure parts of the stack: names, ports, secrets, what supervisord and NATS are told."""

import base64
import configparser
import json
import shlex
import socket
from pathlib import Path

import nkeys
import pytest
from reporting_stack import layout, ports, processes, supervise
from reporting_stack.credentials import Credentials
from reporting_stack.files import read_json, write_json, write_private
from reporting_stack.layout import Home, StackError
from reporting_stack.parts import nats_jwt


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A stack in a checkout whose path has a space."""
    monkeypatch.setattr(layout, "ROOT", tmp_path / "o thu")
    made = Home.named("mot")
    made.make()
    return made


@pytest.mark.parametrize("name", ["", "Demo", "demo", "a b", "../x", "x" * 40])
def test_a_stack_has_a_plain_name(name: str) -> None:
    with pytest.raises(StackError):
        Home.named(name)


def test_the_default_stack_writes_its_file_where_everyone_looks(home: Home) -> None:
    assert Home.named("default").stack_file == layout.ROOT / ".run" / "stack.json"
    assert home.stack_file == layout.ROOT / ".run" / "mot" / "stack.json"


def test_a_deep_checkout_keeps_its_sockets_in_a_short_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "ROOT", tmp_path / ("d" * 90))
    assert len(str(Home.named("mot").sockets)) < layout.LONGEST_SOCKET_FOLDER


def test_folders_and_files_are_their_owners_alone(home: Home) -> None:
    path = home.secrets / "a.json"
    assert write_json(path, {"á": 1})
    assert not write_json(path, {"á": 1}), "the same content isn't written again"
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.secrets.stat().st_mode & 0o777 == 0o700
    assert read_json(path) == {"á": 1}


def test_secrets_are_made_once_and_differ_between_stacks(home: Home) -> None:
    first, again = Credentials.of(home), Credentials.of(home)
    other = Home.named("hai")
    other.make()
    assert first.values == again.values
    assert not set(first.values.values()) & set(Credentials.of(other).values.values())


def test_taken_ports_lead_to_the_next_free_base(home: Home) -> None:
    with socket.socket() as taken:
        base = next(port for port in range(41000, 60000) if ports.is_free(port))
        taken.bind(("127.0.0.1", base))
        taken.listen()
        chosen, said = ports.choose(home, base)
    assert chosen.base > base
    assert said is not None and str(base) in said


def test_a_stack_keeps_its_ports_and_leaves_those_of_others(home: Home) -> None:
    ports.record(home, ports.Ports(31000))
    assert ports.choose(home, None)[0].base == 31000
    other = Home.named("hai")
    other.make()
    assert ports.choose(other, 31000)[0].base == 31000, "asked for by name, so it is taken if it is free"
    default, _ = ports.choose(other, None)
    assert abs(default.base - 31000) >= ports.SPAN


def test_supervisord_reads_commands_and_variables_as_they_were_meant(home: Home) -> None:
    variables = {"PEERS": '{"a":"127.0.0.1:1"}', "FOLDER": "/o thu/%x", "WORD": "a,b=c"}
    program = supervise.Program("part", ["/o thu/run", "a b", "100%"], variables, after=["file:/o thu/m"])
    parser = configparser.RawConfigParser(interpolation=None, inline_comment_prefixes=(";", "#"))
    parser.read_string(supervise.configuration(home, [program], "secret"))
    section = parser["program:part"]
    command = shlex.split(section["command"].replace("%%", "%"))
    assert command[1:] == ["file:/o thu/m", "--", "/o thu/run", "a b", "100%"]
    from supervisor.datatypes import dict_of_key_value_pairs

    read = dict_of_key_value_pairs(section["environment"].replace("%%", "%"))
    assert read == variables
    assert section["autorestart"] == "true"
    assert int(section["startretries"]) > 10**6


def test_a_pid_of_another_program_is_not_taken_for_supervisord(home: Home) -> None:
    write_private(Path(supervise.pid_file(home)), "1")
    assert supervise.running_pid(home) is None
    assert processes.sweep(home) == 0


def test_claims_are_signed_by_the_key_that_issues_them() -> None:
    account = nats_jwt.Key(nats_jwt.new_seed(nkeys.PREFIX_BYTE_ACCOUNT))
    person = nats_jwt.Key(nats_jwt.new_seed(nkeys.PREFIX_BYTE_USER))
    token = nats_jwt.user(
        person, "identity", account, publish=["reporting.identity.>"], subscribe=["_INBOX.>"]
    )
    signed, _, signature = token.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    assert account.pair.verify(signed.encode(), raw)
    claims = json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))
    assert claims["iss"] == account.public and claims["sub"] == person.public
    assert claims["nats"]["pub"]["allow"] == ["reporting.identity.>"]
