"""The exchange with the R package PRISMA2020 and its web application, in its own CSV."""

from scopingreview.flow.exchange.reading import read_exchange
from scopingreview.flow.exchange.writing import ExchangeFile, web_link, write_exchange

__all__ = ["ExchangeFile", "read_exchange", "web_link", "write_exchange"]
