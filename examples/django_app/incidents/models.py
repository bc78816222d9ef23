"""The ticket: what this application knows of an incident beside its deadlines."""

from typing import ClassVar

from django.db import models


class Ticket(models.Model):
    """An incident as somebody wrote it down. Its number names its case."""

    title = models.CharField(max_length=200)
    level = models.CharField(max_length=10)
    reported_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        """The first reported stands first."""

        ordering: ClassVar = ["reported_at"]

    def __str__(self) -> str:
        """The number and the title."""
        return f"{self.case_id}: {self.title}"

    @property
    def case_id(self) -> str:
        """The name of the case that keeps its deadlines."""
        return f"ticket-{self.pk}"
