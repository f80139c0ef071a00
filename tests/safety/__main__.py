"""`python -m tests.safety` prints how well danger is heard."""

from tests.safety.table import heard, printed
from tests.safety.written import read

if __name__ == "__main__":
    print(*printed(heard(read())), sep="\n")  # noqa: T201
