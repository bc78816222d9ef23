"""Notices as CloudEvents: read back by the package of the standard, and equal to the webhook's."""

import json
import sys

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from rich_case import NAME, NOW, rich_case

from workflow.adapters import WebhookSink
from workflow.cases import Notice
from workflow.errors import MissingExtraError
from workflow.exports import cloud_event, cloud_event_json

NOTICES = rich_case().notices(None, NOW)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda it: f"{it.kind.value}-{it.clock_id}")
def test_a_notice_comes_back_whole(notice):
    read = JSONFormat().read(CloudEvent, cloud_event_json(notice))
    assert read.get_id() == notice.id
    assert read.get_type() == f"workflow.notice.{notice.kind.value}"
    assert read.get_subject() == NAME
    assert read.get_time() == notice.at
    assert Notice.from_json(read.get_data()) == notice


@pytest.mark.parametrize("notice", NOTICES, ids=lambda it: f"{it.kind.value}-{it.clock_id}")
def test_the_webhook_posts_the_same_event(notice):
    posted = WebhookSink("https://example.org", source="/here")._event(notice)
    read = JSONFormat().read(CloudEvent, json.dumps(posted))
    ours = cloud_event(notice, source="/here")
    assert read.get_attributes() == ours.get_attributes()
    assert read.get_data() == ours.get_data()


def test_the_event_says_where_it_comes_from():
    assert cloud_event(NOTICES[0]).get_source() == "/workflow"
    assert cloud_event(NOTICES[0], source="/desk").get_source() == "/desk"


def test_without_cloudevents_the_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "cloudevents.core.v1.event", None)
    with pytest.raises(MissingExtraError, match=r"workflow-sla\[http\]"):
        cloud_event(NOTICES[0])
