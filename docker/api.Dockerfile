# The edges: HTTP with the web app, DIMSE and MLLP. The same image applies the migrations.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# Named so that no installation script looks for a media worker or a schema engine: neither is used in this image.
ENV MEDIASOUP_WORKER_BIN=/nowhere PRISMA_SCHEMA_ENGINE_BINARY=/app/package.json CI=1
COPY . .
RUN npm install --no-save \
 && node prisma/generate.mjs \
 && cd web && ../node_modules/.bin/vite build

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production MEDIASOUP_WORKER_BIN=/nowhere PRISMA_SCHEMA_ENGINE_BINARY=/app/package.json CI=1
COPY package.json package-lock.json .npmrc ./
COPY server ./server
COPY prisma ./prisma
COPY docker/migrate.ts docker/create-admin.ts ./docker/
RUN npm install --no-save --omit=dev --workspace=@lianzhen/api --workspace=@lianzhen/db \
 && mkdir -p /data/blobs && chown -R node:node /data
COPY --from=build /app/prisma/generated ./prisma/generated
COPY --from=build /app/web/dist ./web/dist
ENV HUB_WEB_DIR=/app/web/dist HUB_DATA_DIR=/data HUB_BLOB_DIR=/data/blobs
USER node
EXPOSE 8080 11112 2575
CMD ["node", "server/api/main.ts", "--roles=http,dimse,mllp"]
