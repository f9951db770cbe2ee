"""Registers server with Django."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    name = "server"
