# One image for every process; docker-compose.yml says which process a container is.
FROM python:3.11-slim

WORKDIR /opt/tutti
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock

COPY pyproject.toml LICENSE NOTICE ./
COPY domain ./domain
COPY eventstore ./eventstore
COPY projections ./projections
COPY audit ./audit
COPY interchange ./interchange
COPY api ./api
COPY benchmarks ./benchmarks
COPY workers ./workers
RUN python -m compileall -q .

# A volume takes its first owner from the folder of the image it is put over.
RUN useradd --system --uid 10001 --home-dir /var/lib/tutti tutti \
    && install -d -o tutti -g tutti -m 0700 /var/lib/tutti /var/lib/tutti/keys /var/lib/tutti/documents
ENV PYTHONPATH=/opt/tutti PYTHONUNBUFFERED=1 TUTTI_DATA_DIR=/var/lib/tutti
USER tutti

ENTRYPOINT ["python", "-m", "workers"]
CMD ["--help"]
