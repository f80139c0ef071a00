"""Every screen in every language, by a walk that presses and types whatever there is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import urgent
from bot.app import FEATURES
from bot.feature import Routes
from bot.texts import Texts
from tests.walk.ear import Ear
from tests.walk.rules import broken
from tests.walk.starts import STARTS, Start
from tests.walk.walker import Atlas, Shown, Walk
from tests.world import World

OPERATOR = "Harbour House Recovery Community"
CONTACT = "harbour-house.example, any day"


@pytest.mark.parametrize("language", Texts.languages())
async def test_every_screen(language, sqlite_template, tmp_path, monkeypatch, record_property):
    monkeypatch.setattr(urgent, "LOOK_SECONDS", 10)
    commands = tuple(f"/{name}" for name in Routes(FEATURES).commands)
    wrong = {}
    atlas = Atlas(language)
    def look(shown):
        for fault in broken(shown):
            wrong.setdefault((fault, shown.message.text), shown)
    atlas.look = look
    ear = Ear()
    import time
    from tests.walk import inline
    with ear.open(), inline.sqlite():
        import os
        for start in STARTS[1:2] if os.environ.get("WALK_ONLY") else STARTS:
            folder = tmp_path / start.name
            folder.mkdir()
            shutil.copyfile(sqlite_template, folder / "w.sqlite3")
            world = World(f"sqlite:///{folder / 'w.sqlite3'}", folder, operator=OPERATOR if start.operator else "", contact=CONTACT if start.operator else "", closed=start.closed)
            a, b, c = time.process_time(), atlas.steps, len(atlas.screens)
            walk = Walk(atlas, ear, world, start.name, start.about)
            await start.arrange(walk)
            await walk.explores(commands if start.commands == ("*",) else start.commands)
            await world.close()
            print(f"{start.name:34} {time.process_time()-a:6.1f}s {atlas.steps-b:5} steps {len(atlas.screens)-c:4} new screens", flush=True)
    every = {k for k in Texts(language, strict=True).keys()}
    print(len(atlas.screens), atlas.steps, len(atlas.keys), "of", len(every))
    print("unseen", sorted(every - atlas.keys))
    for (fault, text), shown in wrong.items():
        print("---", fault, "|", repr(text[:200]), [b.label for r in shown.message.rows for b in r], shown.trail)
