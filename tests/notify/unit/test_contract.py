"""contracts/asyncapi.yaml says what notify does."""

from pathlib import Path
from typing import Any

import yaml
from google.protobuf.json_format import MessageToDict
from jsonschema import Draft202012Validator
from kit.ids import new_id
from notify.adapters.outside import to_outbox_event
from notify.application.ports import OutsideEvent
from notify.domain.message import Kind
from notify.domain.report import Happening
from notify.domain.subscriber import Subscriber
from notify.entrypoints.http.schemas import KIND_NAMES
from reporting.notify.v1.events_pb2 import OutsideReportEvent

from tests.notify.building import NOW, PROVINCE, facts

CONTRACT: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "contracts" / "asyncapi.yaml").read_text()
)


def test_it_names_every_event_that_is_told() -> None:
    parameters = CONTRACT["channels"]["reportEvents"]["parameters"]

    assert set(parameters["event"]["enum"]) == {happening.value for happening in Happening}


def test_what_is_told_fits_the_schema_and_names_no_other_field() -> None:
    schema = CONTRACT["components"]["schemas"]["OutsideReportEvent"]
    subscriber = Subscriber(new_id(), PROVINCE, "ioc", frozenset(), NOW)
    event = to_outbox_event(OutsideEvent(subscriber, Happening.SENT, facts(state="sent"), NOW, True))
    told = MessageToDict(event.payload)

    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(told)

    fields = {field.json_name for field in OutsideReportEvent.DESCRIPTOR.fields}
    assert set(told) <= set(schema["properties"]) == fields


def test_every_kind_of_message_may_be_chosen_by_name() -> None:
    assert set(KIND_NAMES) == set(Kind)
    assert len(set(KIND_NAMES.values())) == len(KIND_NAMES)
