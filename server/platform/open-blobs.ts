import { openDirectoryBlobs } from './blob-directory.ts';
import { openS3Blobs } from './blob-s3.ts';
import type { BlobStore } from './blobs.ts';
import type { Config } from './config.ts';

/** S3 where a bucket is named, else a directory. */
export async function openBlobs(config: Config): Promise<BlobStore> {
  return config.S3_BUCKET ? openS3Blobs(config) : openDirectoryBlobs(config.HUB_BLOB_DIR);
}
