"""boto3's S3 resource API against a Tarn server given by AWS_ENDPOINT_URL. Prints one line when every assertion held."""
import os

import boto3
import botocore.exceptions

s3 = boto3.resource("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
bucket = s3.create_bucket(Bucket="boto-resource")
bucket.wait_until_exists()
for n in range(1050):
    bucket.put_object(Key=f"n/{n:04}", Body=str(n).encode())
assert [found.key for found in bucket.objects.filter(Prefix="n/")] == [f"n/{n:04}" for n in range(1050)]
assert [found.key for found in bucket.objects.filter(Prefix="n/").limit(3)] == ["n/0000", "n/0001", "n/0002"]
assert sum(page is not None for page in bucket.objects.page_size(500).pages()) == 3

named = bucket.Object("å/+ &%41=?#~'.txt")
named.put(Body=b"body", ContentType="text/plain", Metadata={"who": "boto"}, ContentEncoding="identity")
assert named.get()["Body"].read() == b"body"
assert named.content_length == 4 and named.metadata == {"who": "boto"} and named.content_type == "text/plain"
assert named.content_encoding == "identity", named.content_encoding
assert named.get(Range="bytes=1-2")["Body"].read() == b"od"
tag = named.e_tag
try:
    named.get(IfNoneMatch=tag)
    raise AssertionError("an object that had not changed was sent")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "304", error.response
try:
    named.get(IfMatch='"other"')
    raise AssertionError("an object with another ETag was sent")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] in ("412", "PreconditionFailed"), error.response

try:
    bucket.delete()
    raise AssertionError("a bucket that is not empty was deleted")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "BucketNotEmpty", error.response
deleted = bucket.objects.all().delete()
assert sum(len(answer["Deleted"]) for answer in deleted) == 1051
bucket.delete()
bucket.wait_until_not_exists()
assert "boto-resource" not in [found.name for found in s3.buckets.all()]

print("boto3: s3 resource ok")
