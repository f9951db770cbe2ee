FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    VAR_DIR=/data HF_HOME=/data/models
WORKDIR /app

# Dependencies first: they change less often than the code. The project itself is run from /app, not installed.
COPY pyproject.toml constraints.txt ./
RUN pip install --no-cache-dir -c constraints.txt . \
 && pip install --no-cache-dir -c constraints.txt --no-deps pipecat-ai

COPY . .
RUN useradd --system --create-home viva && mkdir /data && chown viva /data
USER viva
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health/', timeout=4)"]

CMD ["deploy/web.sh"]
