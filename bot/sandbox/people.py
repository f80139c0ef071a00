"""People act over HTTP, and can do only what their screen offers."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import objects, parameters
from bot.sandbox.markup import Strict
from bot.sandbox.phone import Phone, ScreenError
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Group, Json, Person, World

Act = Callable[[Phone, Request], Awaitable[Json]]


class UnknownError(LookupError):
    """Nobody and nothing has this id."""


class Newcomer(Strict):
    """Someone who has the app. `language_code` as an app is set to (`en`, `pt-br`), or empty."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    language_code: Annotated[str, Field(max_length=35)] = "en"


class Start(Strict):
    """The Start button, perhaps behind a link."""

    payload: str = ""


class Say(Strict):
    """Typed words."""

    text: str


class Tap(Strict):
    """A tapped button, by its words; `message_id` when several messages have one that reads so."""

    label: str
    message_id: int | None = None


class Position(Strict):
    """Where a phone is, in degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Edit(Strict):
    """Other words in place of one's own."""

    message_id: int
    text: str


class NewGroup(Strict):
    """A group that a person adds the bot to."""

    person_id: int
    title: Annotated[str, Field(min_length=1, max_length=128)] = "Group"


class SayInGroup(Strict):
    """Words in a group."""

    person_id: int
    text: Annotated[str, Field(min_length=1, max_length=4096)]


async def start(phone: Phone, request: Request) -> Json:
    """`POST /people/{id}/start {payload?}`."""
    return {"message_id": phone.start(parameters.check(Start, await parameters.read(request)).payload)}


async def say(phone: Phone, request: Request) -> Json:
    """`POST /people/{id}/say {text}`."""
    return {"message_id": phone.say(parameters.check(Say, await parameters.read(request)).text)}


async def tap(phone: Phone, request: Request) -> Json:
    """`POST /people/{id}/tap {label, message_id?}`."""
    ask = parameters.check(Tap, await parameters.read(request))
    return phone.tap(ask.label, ask.message_id)


async def sticker(phone: Phone, _: Request) -> Json:
    """`POST /people/{id}/sticker`."""
    return {"message_id": phone.sticker()}


async def location(phone: Phone, request: Request) -> Json:
    """`POST /people/{id}/location {latitude, longitude}`."""
    ask = parameters.check(Position, await parameters.read(request))
    return {"message_id": phone.location(ask.latitude, ask.longitude)}


async def edit(phone: Phone, request: Request) -> Json:
    """`POST /people/{id}/edit {message_id, text}`."""
    ask = parameters.check(Edit, await parameters.read(request))
    phone.edit(ask.message_id, ask.text)
    return {}


async def block(phone: Phone, _: Request) -> Json:
    """`POST /people/{id}/block`."""
    phone.block()
    return {}


async def unblock(phone: Phone, _: Request) -> Json:
    """`POST /people/{id}/unblock`."""
    phone.unblock()
    return {}


async def screen(phone: Phone, _: Request) -> Json:
    """`GET /people/{id}/screen`."""
    return phone.screen()


class People:
    """The HTTP side of the phones, and of the few groups."""

    def __init__(self, world: World) -> None:
        """The people of this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """Where they are found."""
        acts = start, say, tap, sticker, location, edit, block, unblock
        return [
            Route("/people", self.arrive, methods=["POST"]),
            *(Route(f"/people/{{id:int}}/{act.__name__}", self._on_phone(act), methods=["POST"]) for act in acts),
            Route("/people/{id:int}/screen", self._on_phone(screen)),
            Route("/people/{id:int}/documents/{message:int}", self.document),
            Route("/groups", self.gather, methods=["POST"]),
            Route("/groups/{id}/say", self.say_in_group, methods=["POST"]),
            Route("/groups/{id}", self.group),
        ]

    async def arrive(self, request: Request) -> Response:
        """`POST /people {name, language_code?}` → `{id}`."""
        ask = parameters.check(Newcomer, await parameters.read(request))
        return JSONResponse({"id": self._world.add_person(ask.name, ask.language_code).id})

    async def gather(self, request: Request) -> Response:
        """`POST /groups {person_id, title?}` → `{id}`: that person adds the bot to a new group."""
        ask = parameters.check(NewGroup, await parameters.read(request))
        person = self._person(ask.person_id)
        person.met = True
        group = self._world.add_group(ask.title)
        group.members.add(person.id)
        content = objects.membership(self._world, group.id, person, old="left", new="member")
        self._world.updates.add("my_chat_member", group.id, content)
        return JSONResponse({"id": group.id})

    async def say_in_group(self, request: Request) -> Response:
        """`POST /groups/{id}/say {person_id, text}`. The bot hears it while it is there."""
        group = self._group(request)
        ask = parameters.check(SayInGroup, await parameters.read(request))
        person = self._person(ask.person_id)
        person.met = True
        group.members.add(person.id)
        post = self._world.add_post(group.id, person.id, ask.text)
        if group.joined:
            self._world.updates.add("message", group.id, objects.message(self._world, post))
        return JSONResponse({"message_id": post.id})

    async def group(self, request: Request) -> Response:
        """`GET /groups/{id}` → `{title, bot_present, messages}`."""
        group = self._group(request)
        messages = [{"id": post.id, "from": post.author, "text": post.text} for post in self._world.posts(group.id)]
        return JSONResponse({"title": group.title, "bot_present": group.joined, "messages": messages})

    async def document(self, request: Request) -> Response:
        """`GET /people/{id}/documents/{message_id}`: the file, to be saved."""
        person = self._person(request.path_params["id"])
        file = Phone(self._world, person).file(request.path_params["message"])
        name = quote(file.name)
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}", "cache-control": "no-store"}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    def _group(self, request: Request) -> Group:
        """Group ids are negative, which Starlette's own `int` does not take."""
        number = request.path_params["id"]
        try:
            return self._world.groups[int(number)]
        except (KeyError, ValueError):
            raise UnknownError(number) from None

    def _person(self, number: int) -> Person:
        if number not in self._world.people:
            raise UnknownError(number)
        return self._world.people[number]

    def _on_phone(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(await act(Phone(self._world, self._person(request.path_params["id"])), request))

        return endpoint


async def refused(_: Request, error: Exception) -> Response:
    """A request that makes no sense: 400."""
    return JSONResponse({"error": str(error)}, 400)


async def cannot(_: Request, error: Exception) -> Response:
    """Something that is not on the screen: 409."""
    return JSONResponse({"error": str(error)}, 409)


async def unknown(_: Request, error: Exception) -> Response:
    """Nobody has this id: 404."""
    return JSONResponse({"error": f"Nobody and nothing has the id {error}."}, 404)


ERRORS = {RefusalError: refused, ScreenError: cannot, UnknownError: unknown, ValidationError: refused}
"""What each error of these routes is answered with."""
