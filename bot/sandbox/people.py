"""People act over HTTP, and can do only what their screen offers."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import objects, page, parameters
from bot.sandbox.acts import ACTS, Act, Nothing, Tap
from bot.sandbox.cast import Cast
from bot.sandbox.markup import Strict
from bot.sandbox.network import NO_NETWORK, Network
from bot.sandbox.phone import Phone, ScreenError
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Group, Json, Person, World
from bot.texts import Texts


class UnknownError(LookupError):
    """Nobody and nothing has this id."""


class Newcomer(Strict):
    """Someone who has the app. `language_code` as an app is set to (`en`, `pt-br`), or empty."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    language_code: Annotated[str, Field(max_length=35)] = "en"


class Gather(Strict):
    """The three on the page, whose apps are set to this language; without one they stay as they are."""

    language_code: Annotated[str, Field(max_length=35)] = ""


class NetworkSwitch(Strict):
    """Whether a phone is to have a network."""

    on: bool


class NewGroup(Strict):
    """A group that a person adds the bot to."""

    person_id: int
    title: Annotated[str, Field(min_length=1, max_length=128)] = "Group"


class SayInGroup(Strict):
    """Words in a group."""

    person_id: int
    text: Annotated[str, Field(min_length=1, max_length=4096)]


class People:
    """The HTTP side of the phones, and of the few groups."""

    def __init__(self, world: World, cast: Cast, network: Network) -> None:
        """The people of this world; `cast` are those on the page."""
        self._world = world
        self._cast = cast
        self._network = network

    def routes(self) -> list[Route]:
        """Where they are found."""
        return [
            Route("/people", self.arrive, methods=["POST"]),
            *(Route(f"/people/{{id:int}}/{name}", self._on_phone(act), methods=["POST"]) for name, act in ACTS.items()),
            Route("/people/{id:int}/screen", self.screen),
            Route("/people/{id:int}/network", self.network, methods=["POST"]),
            Route("/people/{id:int}/documents/{message:int}", self.document),
            Route("/cast", self.gather_cast, methods=["POST"]),
            Route("/cast/{id:int}/anew", self.anew, methods=["POST"]),
            Route("/groups", self.gather, methods=["POST"]),
            Route("/groups/{id}/say", self.say_in_group, methods=["POST"]),
            Route("/groups/{id}", self.group),
        ]

    async def arrive(self, request: Request) -> Response:
        """`POST /people {name, language_code?}` → `{id}`."""
        ask = parameters.check(Newcomer, await parameters.read(request))
        return JSONResponse({"id": self._world.add_person(ask.name, ask.language_code).id})

    async def screen(self, request: Request) -> Response:
        """`GET /people/{id}/screen`: as `Network.screen` tells it."""
        return JSONResponse(self._network.screen(self._person(request.path_params["id"])))

    async def network(self, request: Request) -> Response:
        """`POST /people/{id}/network {on}`: the phone goes into a tunnel, or comes out of it."""
        person = self._person(request.path_params["id"])
        ask = parameters.check(NetworkSwitch, await parameters.read(request))
        (self._network.on if ask.on else self._network.off)(person)
        return JSONResponse({})

    async def gather_cast(self, request: Request) -> Response:
        """`POST /cast {language_code?}` → `[{id, name}]`: who is on the page, left to right."""
        ask = parameters.check(Gather, await parameters.read(request))
        cast = self._cast.gather(ask.language_code)
        return JSONResponse([{"id": person.id, "name": person.name} for person in cast])

    async def anew(self, request: Request) -> Response:
        """`POST /cast/{id}/anew {language_code?}` → `{id}`: this person gets a new phone, and the bot knows nobody."""
        ask = parameters.check(Gather, await parameters.read(request))
        number = request.path_params["id"]
        try:
            return JSONResponse({"id": self._cast.replace(number, ask.language_code).id})
        except KeyError:
            raise UnknownError(number) from None

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
            person = self._person(request.path_params["id"])
            ask = parameters.check(act.model, {} if act.model is Nothing else await parameters.read(request))
            if self._network.there(person):
                return JSONResponse(act.do(Phone(self._world, person), ask) or {})
            return JSONResponse(self._without_network(person, act, ask) or {})

        return endpoint

    def _without_network(self, person: Person, act: Act, ask: Strict) -> Json | None:
        """What is written waits on the phone. A button in the chat asks the bot at once, so it cannot."""
        if isinstance(ask, Tap):
            return self._tap_without_network(person, ask)
        if act.unsent is None:
            raise ScreenError(NO_NETWORK)
        self._network.keep(
            person, lambda phone: act.do(phone, ask), act.unsent(ask, Texts(Texts.best(person.language)))
        )
        return {}

    def _tap_without_network(self, person: Person, ask: Tap) -> Json:
        phone, screen = Phone(self._world, person), self._network.screen(person)
        for row in (row for message in screen["messages"] for row in message["rows"]):
            if any(button["label"] == ask.label and button["kind"] in ("copy", "link") for button in row):
                return phone.tap(ask.label, ask.message_id)
        below = self._world.lower_button(person.id, ask.label) if ask.message_id is None else None
        if below:
            plain = not any(name.startswith("request_") for name in below)
            self._network.keep(person, lambda later: later.say(ask.label) if plain else later.tap(ask.label), ask.label)
            return {}
        raise ScreenError("sandbox-no-network.buttons")


async def refused(_: Request, error: Exception) -> Response:
    """A request that makes no sense: 400."""
    return JSONResponse({"error": str(error)}, 400)


async def cannot(request: Request, error: ScreenError) -> Response:
    """Something that is not on the screen: 409, in the language of whoever asks."""
    return JSONResponse({"error": error.told(Texts(page.language(request)))}, 409)


async def unknown(_: Request, error: Exception) -> Response:
    """Nobody has this id: 404."""
    return JSONResponse({"error": f"Nobody and nothing has the id {error}."}, 404)


ERRORS: dict[type[Exception], Any] = {
    RefusalError: refused,
    ScreenError: cannot,
    UnknownError: unknown,
    ValidationError: refused,
}
"""What each error of these routes is answered with."""
