"""The exchange with the R package PRISMA2020 and its web application, in its own CSV."""

from scopingreview.flow.prisma2020.read import read_exchange
from scopingreview.flow.prisma2020.write import ExchangeFile, web_link, write_exchange

__all__ = ["ExchangeFile", "read_exchange", "web_link", "write_exchange"]
