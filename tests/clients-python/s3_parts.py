"""boto3's uploads in parts against a Tarn server given by AWS_ENDPOINT_URL. Prints one line when every assertion held."""
import hashlib
import io
import os
import random
import tempfile

import boto3
import boto3.s3.transfer
import botocore.exceptions

client = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
client.create_bucket(Bucket="boto-parts")
MIB = 1 << 20
body = random.Random(3).randbytes(12 * MIB + 5)
config = boto3.s3.transfer.TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "source")
    with open(source, "wb") as file:
        file.write(body)
    client.upload_file(source, "boto-parts", "file", Config=config, ExtraArgs={"Metadata": {"who": "boto"}})
    client.download_file("boto-parts", "file", source + ".back", Config=config)
    with open(source + ".back", "rb") as file:
        assert file.read() == body
parts = [body[at:at + 5 * MIB] for at in range(0, len(body), 5 * MIB)]
whole = hashlib.md5(b"".join(hashlib.md5(part).digest() for part in parts)).hexdigest()
head = client.head_object(Bucket="boto-parts", Key="file")
assert head["ETag"] == f'"{whole}-3"', head["ETag"]
assert head["Metadata"] == {"who": "boto"}, head["Metadata"]

client.copy({"Bucket": "boto-parts", "Key": "file"}, "boto-parts", "copied in parts", Config=config)
copied = io.BytesIO()
client.download_fileobj("boto-parts", "copied in parts", copied)
assert copied.getvalue() == body

upload = client.create_multipart_upload(Bucket="boto-parts", Key="begun")["UploadId"]
small = [
    client.upload_part(Bucket="boto-parts", Key="begun", UploadId=upload, PartNumber=n, Body=b"small")
    for n in (1, 2)]
try:
    client.complete_multipart_upload(
        Bucket="boto-parts", Key="begun", UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": n + 1, "ETag": part["ETag"]} for n, part in enumerate(small)]})
    raise AssertionError("a first part of five bytes was taken")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "EntityTooSmall", error.response
assert [row["UploadId"] for row in client.list_multipart_uploads(Bucket="boto-parts")["Uploads"]] == [upload]
client.abort_multipart_upload(Bucket="boto-parts", Key="begun", UploadId=upload)
assert "Uploads" not in client.list_multipart_uploads(Bucket="boto-parts")
try:
    client.list_parts(Bucket="boto-parts", Key="begun", UploadId=upload)
    raise AssertionError("the parts of an aborted upload were listed")
except botocore.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "NoSuchUpload", error.response

print("boto3: s3 parts ok")
