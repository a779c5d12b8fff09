"""`evenhand user`: people with logins, from the terminal."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from evenhand.cli import Refused, start

HELP = "add a person, give a new password, or list people"
EXAMPLE = "evenhand user add ines@team.example --name 'Ines Calder' --admin --random-password"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|password|list")
    add = actions.add_parser("add", help="add a person", description="add a person")
    add.add_argument("email", help="they sign in with it")
    add.add_argument("--name", default="", help="how pages call them")
    add.add_argument("--admin", action="store_true", help="admin of this installation")
    add.add_argument("--workspace", help="make them a member of this workspace")
    roles = ["manager", "lead", "reviewer", "agent"]
    add.add_argument("--role", action="append", choices=roles, default=[], help="may be given twice (reviewer)")
    new = "give a person a new password"
    password = actions.add_parser("password", help=new, description=new)
    password.add_argument("email", help="of somebody who is there")
    for one in (add, password):
        one.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        one.add_argument("--random-password", action="store_true", help="make one and print it")
    actions.add_parser("list", help="list people and their roles", description="list people and their roles")


def run(args: argparse.Namespace) -> int:
    if start.database(create=args.action == "add"):
        print(f"A new database was created in {start.place()}")
    return {"add": _add, "password": _password, "list": _list}[args.action](args)


def _add(args: argparse.Namespace) -> int:
    from evenhand.people.models import User
    from evenhand.people.services import accounts

    _refuse_no_email(args.email)
    if User.objects.filter(email__iexact=args.email).exists():
        raise Refused(f"{args.email} is there already: `evenhand user password {args.email}` gives a new password")
    place = start.workspace(args.workspace)[0] if args.workspace else None
    password = _new_password(args)
    user = accounts.create(email=args.email, name=args.name, password=password, is_admin=args.admin)
    if place:
        accounts.add_roles(user, place, args.role or ["reviewer"], by=None)
    print(f"Added {user.email}" + (f"; password: {password}" if args.random_password else ""))
    return 0


def _refuse_no_email(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(f"{email!r} is no e-mail address: write it as ines@team.example") from error


def _password(args: argparse.Namespace) -> int:
    from evenhand.people.models import User
    from evenhand.people.services import accounts

    user = User.objects.filter(email__iexact=args.email).first()
    if user is None:
        raise Refused(f"nobody here has the e-mail {args.email}: see `evenhand user list`")
    password = _new_password(args)
    accounts.set_password(user, password)
    print(f"{user.email} has a new password" + (f": {password}" if args.random_password else ""))
    return 0


def _list(args: argparse.Namespace) -> int:
    from evenhand.people.models import User

    for user in User.objects.prefetch_related("memberships__workspace").order_by("email"):
        held = [f"{m.workspace.slug}:{m.role}" for m in user.memberships.all() if m.deleted_at is None]
        marks = (["admin"] if user.is_admin else []) + ([] if user.is_active else ["left"]) + held
        print(f"{user.email}\t{user.name}\t{' '.join(marks)}")
    return 0


def _new_password(args: argparse.Namespace) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if args.random_password:
        return secrets.token_urlsafe(12)
    if args.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass("Password: ")
    else:
        raise Refused("there is no terminal to ask for a password: pass --random-password or --password-stdin")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return password
