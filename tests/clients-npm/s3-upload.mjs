// lib-storage's Upload against a Tarn server given by AWS_ENDPOINT_URL. Prints one line when every assertion held.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand, S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const s3 = new S3Client({ region: 'us-east-1', endpoint: process.env.AWS_ENDPOINT_URL, forcePathStyle: true });
const Bucket = 'node-upload';
await s3.send(new CreateBucketCommand({ Bucket }));

const block = Buffer.from(Array.from({ length: 1 << 20 }, (_, n) => (n * 7 + (n >> 8)) & 255));
const blocks = 12;
const partSize = 5 << 20;
let loaded = 0;
const upload = new Upload({
  client: s3,
  params: { Bucket, Key: 'a/streamed object', Body: Readable.from(Array(blocks).fill(block)), ContentType: 'x/y' },
  partSize,
  queueSize: 2,
});
upload.on('httpUploadProgress', (progress) => { loaded = Math.max(loaded, progress.loaded); });
const done = await upload.done();
assert.match(done.ETag, /-3"$/);
assert.equal(loaded, blocks * block.length);

const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/streamed object' }));
assert.equal(head.ContentLength, blocks * block.length);
assert.equal(head.ContentType, 'x/y');
const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/streamed object' }));
assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), Buffer.concat(Array(blocks).fill(block)));

const stopped = new Upload({
  client: s3,
  params: { Bucket, Key: 'stopped', Body: Readable.from(Array(blocks).fill(block)) },
  partSize,
});
stopped.on('httpUploadProgress', () => stopped.abort());
await assert.rejects(stopped.done(), { name: 'AbortError' });
await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key: 'stopped' })), { name: 'NotFound' });
await s3.send(new ListMultipartUploadsCommand({ Bucket }));

console.log('aws-sdk v3: s3 upload ok');
