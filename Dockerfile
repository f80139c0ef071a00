# Two stages: what installs stays behind, and what runs has neither a compiler nor the tests.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/windbreak
WORKDIR /src
# first, so that a change of ours does not install theirs anew
COPY requirements/run.txt requirements/build.txt requirements/
RUN /opt/windbreak/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY migrations migrations
COPY bot bot
RUN /opt/windbreak/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
    && /opt/windbreak/bin/pip uninstall --yes --quiet setuptools pip \
    && python -m compileall -q /opt/windbreak/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Windbreak" \
      org.opencontainers.image.description="A Telegram bot for people in recovery" \
      org.opencontainers.image.licenses="MIT"
# Everything that is kept stands in /data; nothing else is ever written, so the root file system may be read-only.
RUN useradd --system --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin windbreak \
    && install -d -o windbreak -g windbreak -m 0700 /data
COPY --from=build /opt/windbreak /opt/windbreak
ENV PATH=/opt/windbreak/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data
WORKDIR /data
VOLUME /data
USER windbreak
STOPSIGNAL SIGTERM
# Whether the loop still turns, from a file that it leaves: no network, no database, a few hundredths of a second.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-m", "bot.heartbeat"]
ENTRYPOINT ["windbreak"]
CMD ["run"]
