"""``python -m kl_symbolic`` is ``kl-symbolic``."""

from .cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
