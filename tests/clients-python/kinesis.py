"""Every Kinesis operation of boto3 against a Tarn server given by AWS_ENDPOINT_URL and AWS_* keys: it must work, or be
refused by name. boto3 speaks HTTP/1.1, for SubscribeToShard too. Prints one line when every assertion held."""
import os
import re

import boto3
import botocore.exceptions

kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
called = set()
kinesis.meta.events.register("before-call.kinesis.*", lambda model, **_: called.add(model.name))
name = "boto-all"


def fails(code, words, operation, **members):
    try:
        operation(**members)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert re.search(words, str(error)), error
        return
    raise AssertionError(f"{operation.__name__} was accepted")


def active():
    kinesis.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1})


def arn():
    return kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]


kinesis.create_stream(StreamName=name, ShardCount=1)
active()
fails("ResourceInUseException", name, kinesis.create_stream, StreamName=name, ShardCount=1)
assert kinesis.describe_stream(StreamName=name)["StreamDescription"]["RetentionPeriodHours"] == 24
assert name in kinesis.list_streams()["StreamNames"]
assert kinesis.describe_limits()["OpenShardCount"] >= 1
kinesis.increase_stream_retention_period(StreamName=name, RetentionPeriodHours=72)
kinesis.decrease_stream_retention_period(StreamName=name, RetentionPeriodHours=24)
on = kinesis.enable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=["IncomingRecords"])
assert on["DesiredShardLevelMetrics"] == ["IncomingRecords"], on
kinesis.disable_enhanced_monitoring(StreamName=name, ShardLevelMetrics=["ALL"])
kinesis.add_tags_to_stream(StreamName=name, Tags={"a": "1", "b": "2"})
kinesis.remove_tags_from_stream(StreamName=name, TagKeys=["a"])
assert kinesis.list_tags_for_stream(StreamName=name)["Tags"] == [{"Key": "b", "Value": "2"}]

entries = [{"Data": bytes([n % 256]) * n, "PartitionKey": f"key-{n}"} for n in range(1, 301)]
assert kinesis.put_records(StreamName=name, Records=entries)["FailedRecordCount"] == 0
last = kinesis.put_record(StreamName=name, Data=b"last", PartitionKey="k", ExplicitHashKey="0")
shard = kinesis.list_shards(StreamName=name)["Shards"][0]["ShardId"]
start = kinesis.get_shard_iterator(StreamName=name, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
records = kinesis.get_records(ShardIterator=start)["Records"]
assert [record["Data"] for record in records] == [entry["Data"] for entry in entries] + [b"last"]
moment = records[-1]["ApproximateArrivalTimestamp"]
late = kinesis.get_shard_iterator(
    StreamName=name, ShardId=shard, ShardIteratorType="AT_TIMESTAMP", Timestamp=moment)["ShardIterator"]
assert kinesis.get_records(ShardIterator=late)["Records"][-1]["Data"] == b"last"

consumer = kinesis.register_stream_consumer(StreamARN=arn(), ConsumerName="c")["Consumer"]["ConsumerARN"]
assert kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] == "ACTIVE"
assert len(kinesis.list_stream_consumers(StreamARN=arn())["Consumers"]) == 1
pushed = kinesis.subscribe_to_shard(
    ConsumerARN=consumer, ShardId=shard,
    StartingPosition={"Type": "AT_SEQUENCE_NUMBER", "SequenceNumber": last["SequenceNumber"]})
seen = []
for number, event in enumerate(pushed["EventStream"]):
    event = event["SubscribeToShardEvent"]
    seen += [record["Data"] for record in event["Records"]]
    if number == 0:
        kinesis.put_record(StreamName=name, Data=b"while subscribed", PartitionKey="k")
        kinesis.split_shard(StreamName=name, ShardToSplit=shard, NewStartingHashKey=str(2**127))
    if event.get("ChildShards"):
        children = [child["ShardId"] for child in event["ChildShards"]]
        break
assert seen == [b"last", b"while subscribed"], seen
assert len(children) == 2, children
kinesis.merge_shards(StreamName=name, ShardToMerge=children[0], AdjacentShardToMerge=children[1])
kinesis.update_shard_count(StreamName=name, TargetShardCount=2, ScalingType="UNIFORM_SCALING")
active()
open_shards = kinesis.list_shards(StreamName=name, ShardFilter={"Type": "AT_LATEST"})["Shards"]
assert len(open_shards) == 2, open_shards
kinesis.update_stream_mode(StreamARN=arn(), StreamModeDetails={"StreamMode": "ON_DEMAND"})
fails("ResourceInUseException", ".", kinesis.delete_stream, StreamName=name)
kinesis.deregister_stream_consumer(ConsumerARN=consumer)
for refused in (kinesis.start_stream_encryption, kinesis.stop_stream_encryption):
    fails("UnknownOperationException", "does not implement", refused,
          StreamName=name, EncryptionType="KMS", KeyId="alias/aws/kinesis")
kinesis.delete_stream(StreamName=name)
fails("ResourceNotFoundException", name, kinesis.describe_stream, StreamName=name)

missed = set(kinesis.meta.service_model.operation_names) - called
assert not missed, missed
print("boto3: every kinesis operation ok")
