"""boto3's calls about versions against a Tarn server given by AWS_ENDPOINT_URL. Prints one line when every assertion
held."""
import io
import os

import boto3
import boto3.s3.transfer
import botocore.exceptions

client = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
BUCKET = "boto-versions"
client.create_bucket(Bucket=BUCKET)
assert "Status" not in client.get_bucket_versioning(Bucket=BUCKET)
client.put_object(Bucket=BUCKET, Key="k", Body=b"before")
client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
assert client.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"


def code_of(call):
    try:
        call()
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    raise AssertionError("nothing was refused")


def read(**what):
    return client.get_object(Bucket=BUCKET, Key="k", **what)["Body"].read()


first = client.put_object(Bucket=BUCKET, Key="k", Body=b"first")["VersionId"]
body = bytes(range(256)) * (6 << 12)
config = boto3.s3.transfer.TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
client.upload_fileobj(io.BytesIO(body), BUCKET, "k", Config=config)
second = client.head_object(Bucket=BUCKET, Key="k")["VersionId"]
assert read() == body and read(VersionId=first) == b"first" and read(VersionId="null") == b"before"

marker = client.delete_object(Bucket=BUCKET, Key="k")
assert marker["DeleteMarker"] is True, marker
assert code_of(read) == "NoSuchKey"
assert code_of(lambda: read(VersionId=marker["VersionId"])) == "MethodNotAllowed"

pages = list(client.get_paginator("list_object_versions").paginate(
    Bucket=BUCKET, PaginationConfig={"PageSize": 1}))
versions = [row for page in pages for row in page.get("Versions", [])]
markers = [row for page in pages for row in page.get("DeleteMarkers", [])]
assert [row["VersionId"] for row in versions] == [second, first, "null"], versions
assert [(row["VersionId"], row["IsLatest"]) for row in markers] == [(marker["VersionId"], True)], markers
assert len(pages) == 4, len(pages)

client.delete_object(Bucket=BUCKET, Key="k", VersionId=marker["VersionId"])
assert read() == body
client.delete_object(Bucket=BUCKET, Key="k", VersionId=second)
assert read() == b"first" and client.head_object(Bucket=BUCKET, Key="k")["VersionId"] == first
copied = client.copy_object(
    Bucket=BUCKET, Key="k", CopySource={"Bucket": BUCKET, "Key": "k", "VersionId": "null"})
assert copied["CopySourceVersionId"] == "null" and read() == b"before", copied

client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
client.put_object(Bucket=BUCKET, Key="k", Body=b"suspended")
assert read(VersionId="null") == b"suspended"
assert code_of(lambda: client.delete_bucket(Bucket=BUCKET)) == "BucketNotEmpty"
bucket = boto3.resource(
    "s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1").Bucket(BUCKET)
bucket.object_versions.delete()
bucket.delete()

print("boto3: s3 versions ok")
