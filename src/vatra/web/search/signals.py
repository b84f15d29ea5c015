"""The index follows what people write: after the commit, the sources that look at it anew."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models.signals import post_delete, post_migrate, post_save

from vatra.web.base.errors import NotReady
from vatra.web.cities.models import City
from vatra.web.search import engine
from vatra.web.search.registry import sources

log = logging.getLogger(__name__)
_KEPT: list[Any] = []


def connect() -> None:
    """Listen to the models that the sources name, and to cities."""
    post_migrate.connect(_installed, dispatch_uid="search-index")
    post_save.connect(_city_saved, sender=City, dispatch_uid="search-city")
    for name, source in sources().items():
        for model, city_of in source.watches.items():
            listener = _listener(name, city_of)
            # Signals hold their listeners weakly.
            _KEPT.append(listener)
            for signal in (post_save, post_delete):
                signal.connect(listener, sender=model, dispatch_uid=f"{name}-{model.__name__}")


def _installed(sender: Any, using: str, **more: Any) -> None:
    if sender.label == "search":
        engine.install(connections[using])


def _city_saved(sender: Any, instance: City, **more: Any) -> None:
    from vatra.web.search.jobs import begin_indexing

    if instance.run_id and instance.is_listed:
        city_id = instance.pk
        transaction.on_commit(lambda: begin_indexing(city_id), robust=True)


def _listener(name: str, city_of: Callable[[Any], Any]) -> Callable[..., None]:
    def renew(sender: Any, instance: Any, **more: Any) -> None:
        found = city_of(instance)
        cities = [found] if isinstance(found, City) or found is None else list(found)
        ids = {each.pk for each in cities if each is not None}
        # Many rows of one transaction are one renewal.
        _wish(name, ids)

    return renew


def _wish(name: str, ids: set[int]) -> None:
    queue = transaction.get_connection().run_on_commit
    waiting = {each[1] for each in queue}
    for city_id in ids:
        task = _Renewal(name, city_id)
        if task not in waiting:
            transaction.on_commit(task, robust=True)


class _Renewal:
    """One renewal of a source of a city; two of them for the same are one."""

    def __init__(self, name: str, city_id: int) -> None:
        self.name, self.city_id = name, city_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Renewal) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.name, self.city_id))

    def __call__(self) -> None:
        from vatra.web.search.actions import do_index_source

        city = City.objects.filter(pk=self.city_id).first()
        if city is None:
            return
        try:
            do_index_source(name=self.name, city=city)
        except (DatabaseError, NotReady):
            # What was written stands; the index is made anew by the next write or by hand.
            log.warning("the index of %s was not renewed", self.name, exc_info=True)
