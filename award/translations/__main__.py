"""`python -m award.translations`: the catalogues follow the sources; what is still to be translated is told."""

import sys

from award.languages import LANGUAGES, OWN
from award.translations import update


def main() -> int:
    missing = [(code, sentence) for code in LANGUAGES if code != OWN for sentence in update(code)]
    sys.stdout.writelines(f"{code}: {sentence!r}\n" for code, sentence in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
