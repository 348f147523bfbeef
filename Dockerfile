# One image per service: docker build --build-arg SERVICE=gateway -t agentia-gateway .
# BASE is any image with a Python from 3.11 on that has venv; both stages use it.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
ARG UV=0.13.9
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir uv==${UV}
ENV UV_PROJECT_ENVIRONMENT=/opt/agentia UV_LINK_MODE=copy
WORKDIR /src
COPY . .
# All services share this layer: what the lock names is fetched and our own members are built once.
RUN /opt/uv/bin/uv sync --locked --no-dev --no-editable --all-packages \
    && rm -rf /opt/agentia
ARG SERVICE
RUN test -n "${SERVICE}" \
    && /opt/uv/bin/uv sync --locked --offline --no-dev --no-editable --compile-bytecode \
        --package "agentia-${SERVICE}"

FROM ${BASE}
RUN groupadd --gid 10001 agentia \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin agentia \
    && install -d -o agentia -g agentia -m 0700 /data
ARG SERVICE
COPY --from=build /opt/agentia /opt/agentia
ENV PATH=/opt/agentia/bin:${PATH} \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    AGENTIA_DATA=/data \
    SERVICE=${SERVICE} \
    PORT=8000
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
CMD ["sh", "-c", "exec python3 -m agentia_fabric.host \"$SERVICE\" --listen \"$SERVICE=0.0.0.0:$PORT\""]
