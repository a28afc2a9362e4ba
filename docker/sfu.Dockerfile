# Live media: the SFU role with a mediasoup-worker that is built here, from the npm package and Debian's libraries.
FROM node:24-bookworm AS media-worker
WORKDIR /app
RUN apt-get update -q && apt-get install -y -q --no-install-recommends \
    meson ninja-build pkg-config g++ libssl-dev libuv1-dev libsrtp2-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler
ENV MEDIASOUP_WORKER_BIN=/nowhere PRISMA_SCHEMA_ENGINE_BINARY=/app/package.json CI=1
COPY package.json package-lock.json .npmrc ./
COPY server ./server
COPY prisma ./prisma
RUN npm install --no-save --omit=dev --workspace=@lianzhen/api --workspace=@lianzhen/db && node prisma/generate.mjs
COPY docker/media-worker ./docker/media-worker
RUN node docker/media-worker/build.mjs node_modules/mediasoup /usr/local/bin/mediasoup-worker

FROM node:24-bookworm-slim
WORKDIR /app
RUN apt-get update -q && apt-get install -y -q --no-install-recommends libuv1 libssl3 libsrtp2-1 libabsl20220623 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=media-worker /usr/local/bin/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=media-worker /app/package.json ./
COPY --from=media-worker /app/node_modules ./node_modules
COPY --from=media-worker /app/server ./server
COPY --from=media-worker /app/prisma ./prisma
RUN mkdir -p /data/blobs && chown -R node:node /data
ENV NODE_ENV=production MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker HUB_DATA_DIR=/data HUB_BLOB_DIR=/data/blobs
USER node
EXPOSE 44444-44447/udp 44444-44447/tcp
CMD ["node", "server/api/main.ts", "--roles=sfu"]
