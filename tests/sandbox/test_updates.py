"""Updates are delivered until they are confirmed, and not for ever."""

import asyncio
from datetime import timedelta

from bot.sandbox import Sandbox
from tests.judges import Judges
from tests.sandbox.conftest import PATIENCE, Bot, Clock, Finger, until

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def asked(sandbox: Sandbox, polls: int) -> None:
    """Until so many polls have come in."""
    await until(lambda: sum(call.method == "getUpdates" for call in sandbox.calls.all) >= polls)


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(bot: Bot, ana: Finger) -> None:
    for word in ("one", "two", "three"):
        await ana.does("say", text=word)
    first = await bot.hears()
    assert await bot.hears() == first
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    numbers = [update["update_id"] for update in first]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert await bot.hears(offset=numbers[1]) == first[1:]
    assert await bot.hears(offset=0) == first[1:]
    assert await bot.hears(offset=numbers[2] + 1) == []
    assert await bot.hears() == []


async def test_a_limit_and_an_offset_from_the_end(bot: Bot, ana: Finger, judges: Judges) -> None:
    for number in range(103):
        await ana.does("say", text=str(number))
    assert len(await bot.hears(limit=1000)) == 100
    judges.objections.clear()  # Telegram takes any limit, whatever its own page says
    assert len(await bot.hears(limit=2)) == 2
    assert [update["message"]["text"] for update in await bot.hears(offset=-2)] == ["101", "102"]
    assert len(await bot.hears()) == 2


async def test_messages_are_kept_for_a_day_and_taps_for_150_seconds(bot: Bot, ana: Finger, clock: Clock) -> None:
    keys = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=keys)
    await ana.does("tap", label="Yes")
    await ana.does("say", text="Hello")
    clock.move(timedelta(seconds=150))
    assert len(await bot.hears()) == 2
    clock.move(timedelta(seconds=1))
    [kept] = await bot.hears()
    assert kept["message"]["text"] == "Hello"
    clock.move(timedelta(hours=24))
    assert await bot.hears() == []


async def test_a_long_poll_is_woken_by_what_happens(sandbox: Sandbox, bot: Bot, ana: Finger) -> None:
    before = len(sandbox.calls.all)
    poll = asyncio.create_task(bot.hears(timeout=50))
    await asked(sandbox, before + 1)
    await ana.does("say", text="Hello")
    async with asyncio.timeout(PATIENCE):
        [update] = await poll
    assert update["message"]["text"] == "Hello"


async def test_a_second_poll_ends_the_first_with_a_conflict(sandbox: Sandbox, bot: Bot) -> None:
    first = asyncio.create_task(bot.is_told("getUpdates", timeout=50))
    await asked(sandbox, 1)
    assert await bot.hears() == []
    assert await first == CONFLICT


async def test_only_what_was_asked_for_is_queued_from_then_on(bot: Bot, ana: Finger) -> None:
    said = (await ana.does("say", text="Helo"))["message_id"]
    assert len(await bot.hears(allowed_updates=["message", "callback_query", "my_chat_member"])) == 1
    await ana.does("edit", message_id=said, text="Hello")
    assert len(await bot.hears()) == 1
    assert (await bot.does("getWebhookInfo"))["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    await bot.hears(allowed_updates=[])
    await ana.does("edit", message_id=said, text="Hello!")
    assert len(await bot.hears()) == 2


async def test_a_stop_ends_an_open_poll_at_once() -> None:
    sandbox = Sandbox()
    await sandbox.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sandbox.address.rpartition(":")[2]))
    writer.write(f"GET /bot{sandbox.token}/getUpdates?timeout=50 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await asked(sandbox, 1)
    async with asyncio.timeout(PATIENCE):
        await sandbox.stop()
        assert await reader.read() == b""
    writer.close()
    await sandbox.stop()
