"""Coming in where a token is needed: by the form of /login, or once by `?token=`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from pipeline.web.refusals import Refusal
from pipeline.web.sessions import Doorkeeper

router = APIRouter(include_in_schema=False)

LONGEST = 1000


@router.post("/login")
def log_in(request: Request, token: Annotated[str, Form(max_length=LONGEST)] = "") -> Response:
    """A session for the right token, the form again for a wrong one."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    if doorkeeper.too_many_wrong(request):
        raise Refusal(429, "too-many-logins")
    if not doorkeeper.is_token(token.strip(), request):
        return RedirectResponse("/login?wrong=1", 303)
    response = RedirectResponse("/", 303)
    doorkeeper.hand_over(doorkeeper.new_session(), response, secure=request.url.scheme == "https")
    return response


@router.post("/logout")
def log_out(request: Request) -> Response:
    """The cookie goes; the next page asks for the token again."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    response = RedirectResponse("/login", 303)
    doorkeeper.forget(response)
    return response
