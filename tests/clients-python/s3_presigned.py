"""boto3's presigned addresses and forms against a Tarn server given by AWS_ENDPOINT_URL. Prints one line at its end."""
import os
import urllib.error
import urllib.request

import boto3
import botocore.config

client = boto3.client(
    "s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1",
    config=botocore.config.Config(signature_version="s3v4"))
client.create_bucket(Bucket="boto-presigned")


def send(method, url, data=None, headers=None):
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def address(operation, key, seconds=60):
    return client.generate_presigned_url(operation, {"Bucket": "boto-presigned", "Key": key}, ExpiresIn=seconds)


def form(fields, content):
    mark = "part-of-a-form"
    lines = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    lines += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n'
    lines += "Content-Type: text/plain\r\n\r\n"
    return lines.encode() + content + f"\r\n--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"}


status, text = send("PUT", address("put_object", "a b/ü"), b"put by an address", {"Content-Type": ""})
assert status == 200, (status, text)
assert send("GET", address("get_object", "a b/ü")) == (200, b"put by an address")
status, text = send("GET", address("get_object", "a b/ü") + "x")
assert status == 403 and b"SignatureDoesNotMatch" in text, (status, text)
status, text = send("PUT", address("get_object", "a b/ü"), b"changed")
assert status == 403, (status, text)

post = client.generate_presigned_post(
    "boto-presigned", "posted/${filename}", Fields={"success_action_status": "201"},
    Conditions=[{"success_action_status": "201"}, ["content-length-range", 1, 20]])
status, text = send("POST", post["url"], *form(post["fields"], b"by a form"))
assert status == 201 and b"<Key>posted/f.txt</Key>" in text, (status, text)
assert client.get_object(Bucket="boto-presigned", Key="posted/f.txt")["Body"].read() == b"by a form"
status, text = send("POST", post["url"], *form(post["fields"], b"longer than the policy lets it be"))
assert status == 400 and b"EntityTooLarge" in text, (status, text)
status, text = send("POST", post["url"], *form({**post["fields"], "key": "elsewhere"}, b"by a form"))
assert status == 403, (status, text)

print("boto3: s3 presigned ok")
