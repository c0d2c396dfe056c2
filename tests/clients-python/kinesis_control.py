"""boto3 on Kinesis' control plane: lineage, filters, tags, consumers, settings. Prints one line when all of it held."""
import datetime
import os
import time

import boto3

HALF = 1 << 127
kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")


def shard_ids(**members):
    return [int(shard["ShardId"][8:]) for shard in kinesis.list_shards(StreamName="control", **members)["Shards"]]


def read(shard_id):
    """Everything in a shard, and the children that its end names."""
    page = {"NextShardIterator": kinesis.get_shard_iterator(
        StreamName="control", ShardId=shard_id, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]}
    found = []
    while page.get("NextShardIterator"):
        page = kinesis.get_records(ShardIterator=page["NextShardIterator"], Limit=7)
        found += [record["Data"] for record in page["Records"]]
        if not page["Records"] and page["MillisBehindLatest"] == 0:
            break
    return found, [child["ShardId"] for child in page.get("ChildShards", [])]


def put(first):
    entries = [{"Data": b"%d" % n, "PartitionKey": f"key-{n % 7}"} for n in range(first, first + 50)]
    assert kinesis.put_records(StreamName="control", Records=entries)["FailedRecordCount"] == 0


kinesis.create_stream(StreamName="control", ShardCount=1, StreamModeDetails={"StreamMode": "PROVISIONED"})
kinesis.get_waiter("stream_exists").wait(StreamName="control", WaiterConfig={"Delay": 1})
arn = kinesis.describe_stream_summary(StreamName="control")["StreamDescriptionSummary"]["StreamARN"]

# A stream that is split, merged and scaled is read whole and in order, children after their parents.
put(0)
kinesis.split_shard(StreamName="control", ShardToSplit="shardId-000000000000", NewStartingHashKey=str(HALF))
put(50)
time.sleep(1.1)  # boto3 sends times in whole seconds
between = datetime.datetime.now(datetime.timezone.utc)
time.sleep(1.1)
kinesis.merge_shards(
    StreamName="control", ShardToMerge="shardId-000000000001", AdjacentShardToMerge="shardId-000000000002")
put(100)
scaled = kinesis.update_shard_count(StreamName="control", TargetShardCount=2, ScalingType="UNIFORM_SCALING")
assert (scaled["CurrentShardCount"], scaled["TargetShardCount"]) == (1, 2), scaled
put(150)
queue, order = ["shardId-000000000000"], []
while queue:
    data, children = read(queue[0])
    order += data
    queue = queue[1:] + [child for child in children if child not in queue[1:]]
assert sorted(order, key=int) == [b"%d" % n for n in range(200)], len(order)
assert [int(datum) // 50 for datum in order] == sorted(int(datum) // 50 for datum in order)

assert shard_ids() == [0, 1, 2, 3, 4, 5]
assert shard_ids(ShardFilter={"Type": "AT_LATEST"}) == [4, 5]
assert shard_ids(ShardFilter={"Type": "AT_TRIM_HORIZON"}) == [0]
assert shard_ids(ShardFilter={"Type": "AFTER_SHARD_ID", "ShardId": "shardId-000000000002"}) == [3, 4, 5]
assert shard_ids(ShardFilter={"Type": "AT_TIMESTAMP", "Timestamp": between}) == [1, 2]
assert shard_ids(ShardFilter={"Type": "FROM_TIMESTAMP", "Timestamp": between}) == [1, 2, 3, 4, 5]
pages = kinesis.get_paginator("describe_stream").paginate(StreamName="control", PaginationConfig={"PageSize": 2})
assert len([shard for page in pages for shard in page["StreamDescription"]["Shards"]]) == 6

kinesis.add_tags_to_stream(StreamName="control", Tags={"team": "lake", "stage": "test"})
kinesis.remove_tags_from_stream(StreamName="control", TagKeys=["stage"])
assert kinesis.list_tags_for_stream(StreamName="control")["Tags"] == [{"Key": "team", "Value": "lake"}]

kinesis.increase_stream_retention_period(StreamName="control", RetentionPeriodHours=48)
try:
    kinesis.increase_stream_retention_period(StreamName="control", RetentionPeriodHours=24)
    raise AssertionError("a retention was increased to less")
except kinesis.exceptions.InvalidArgumentException as error:
    assert "Use DecreaseRetentionPeriod API" in str(error)
kinesis.decrease_stream_retention_period(StreamName="control", RetentionPeriodHours=24)

metrics = kinesis.enable_enhanced_monitoring(StreamName="control", ShardLevelMetrics=["ALL"])
assert len(metrics["DesiredShardLevelMetrics"]) == 7 and metrics["CurrentShardLevelMetrics"] == [], metrics
kinesis.disable_enhanced_monitoring(StreamName="control", ShardLevelMetrics=["ALL"])

for name in ["a", "b", "c"]:
    kinesis.register_stream_consumer(StreamARN=arn, ConsumerName=name)
pages = kinesis.get_paginator("list_stream_consumers").paginate(StreamARN=arn, PaginationConfig={"PageSize": 2})
consumers = [consumer for page in pages for consumer in page["Consumers"]]
assert [consumer["ConsumerName"] for consumer in consumers] == ["a", "b", "c"], consumers
described = kinesis.describe_stream_consumer(ConsumerARN=consumers[0]["ConsumerARN"])["ConsumerDescription"]
assert described["StreamARN"] == arn and described["ConsumerStatus"] == "ACTIVE", described
kinesis.deregister_stream_consumer(StreamARN=arn, ConsumerName="a")
assert kinesis.describe_stream_summary(StreamName="control")["StreamDescriptionSummary"]["ConsumerCount"] == 2

kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails={"StreamMode": "ON_DEMAND"})
assert kinesis.describe_limits()["OnDemandStreamCount"] == 1
try:
    kinesis.delete_stream(StreamName="control")
    raise AssertionError("a stream with consumers was deleted")
except kinesis.exceptions.ResourceInUseException as error:
    assert "EnforceConsumerDeletion" in str(error)
kinesis.delete_stream(StreamName="control", EnforceConsumerDeletion=True)
kinesis.get_waiter("stream_not_exists").wait(StreamName="control", WaiterConfig={"Delay": 1})

print("boto3: kinesis control plane ok")
