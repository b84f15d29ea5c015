"""The whole way in order: a city pack in, an explained, sealed contract out."""
