"""Where the bytes of files are found: by the bot's token, and by whoever has them on the screen."""

import secrets
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram.constants import FileSizeLimit

from bot.sandbox import pictures, sounds
from bot.sandbox.markup import Strict
from bot.sandbox.media import File
from bot.sandbox.phone import Phone, ScreenError
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json, World

SHOWN = frozenset({pictures.PNG_TYPE, pictures.JPEG_TYPE}) | sounds.KINDS
"""What a page shows or plays in place. Anything else is saved: a page of someone's making would act in our name."""


class GetFile(Strict):
    """Parameters of getFile."""

    file_id: str


def get_file(world: World, ask: GetFile) -> Json:
    """How large a file is, and the path under which its bytes are found. Up to 20 MB."""
    file = world.files.get(ask.file_id)
    if file is None:
        raise RefusalError(400, "invalid file_id")
    if len(file.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise RefusalError(400, "file is too big")
    return file.to_json() | {"file_path": file.path}


class Downloads:
    """The routes that answer with bytes."""

    def __init__(self, world: World, token: str) -> None:
        """`token` is the only one that is let in."""
        self._world = world
        self._token = token

    def routes(self) -> list[Route]:
        """Where they are found."""
        return [
            Route("/file/bot{token}/{kind}/{id}", self.by_bot),
            Route("/people/{person:int}/files/{message:int}", self.by_person),
        ]

    async def by_bot(self, request: Request) -> Response:
        """`GET /file/bot<token>/<file_path>`, the path being what getFile tells. Up to 20 MB."""
        given = request.path_params
        file = self._world.files.get(given["id"])
        try:
            if not secrets.compare_digest(given["token"].encode(), self._token.encode()):
                raise RefusalError(401)
            path = f"{given['kind']}/{given['id']}"
            if file is None or file.path != path or len(file.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
                raise RefusalError(404)
        except RefusalError as no:
            return JSONResponse(no.to_json(), no.code)
        return Response(file.content, media_type="application/octet-stream")

    async def by_person(self, request: Request) -> Response:
        """`GET /people/{id}/files/{message_id}`: pictures and voice notes in place, documents to be saved."""
        person = self._world.people.get(request.path_params["person"])
        if person is None:
            raise ScreenError("sandbox-no-phone")
        return _shown(Phone(self._world, person).file(request.path_params["message"]))


def _shown(file: File) -> Response:
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    if file.kind != "document" and file.mime in SHOWN:
        return Response(file.content, media_type=file.mime, headers=headers)
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return Response(file.content, media_type="application/octet-stream", headers=headers)
