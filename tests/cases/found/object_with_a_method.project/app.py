"""What a function of another module makes has a method for Lambda, and cannot be called itself."""

from framework import create_app

handler = create_app({"GET /": print})  # LL105
