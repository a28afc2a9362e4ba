# The queues: relay, indexing, matching, documents and deliveries.
FROM node:24-bookworm-slim
WORKDIR /app
# Makes the playable files of recorded sessions.
RUN apt-get update -q && apt-get install -y -q --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production MEDIASOUP_WORKER_BIN=/nowhere PRISMA_SCHEMA_ENGINE_BINARY=/app/package.json CI=1
COPY package.json package-lock.json .npmrc ./
COPY server ./server
COPY workers ./workers
COPY prisma ./prisma
RUN npm install --no-save --omit=dev --workspace=@lianzhen/workers --workspace=@lianzhen/db \
 && node prisma/generate.mjs \
 && mkdir -p /data/blobs && chown -R node:node /data
ENV HUB_DATA_DIR=/data HUB_BLOB_DIR=/data/blobs
USER node
CMD ["node", "workers/main.ts"]
