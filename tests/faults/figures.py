"""What a fault suite has reached, for whoever looks on (`-s`) or has to find out why it failed."""


def tell(line: str) -> None:
    """Say one line: a seed, a point, or the figures at the end."""
    print(line)  # noqa: T201  # pytest keeps it, and shows it where a test fails
