using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html: up to 10,000 records and 10 MiB,
/// written by hand. An iterator is good for five minutes.
/// </summary>
internal sealed class GetRecords(IStreams streams, LakeIdentity lake, TimeProvider time) : IJsonOperation
{
    private const int RecordsMax = 10_000;
    private const int BytesMax = 10 << 20;

    public AwsService Service => AwsService.Kinesis;

    public string Name => "GetRecords";

    public int BodyBytesMax => 64 * 1024;

    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        var (iterator, arn, limit) = JsonInput.Read(call.Body, Service, Name, members =>
            (members.RequiredText("ShardIterator"), members.Text("StreamARN"), members.Number("Limit", 1, RecordsMax)));
        var token = Parse(iterator);
        var stream = streams.Find(token.Stream);
        if (stream is null || stream.Id != token.StreamId)
        {
            throw KinesisErrors.NotFound(token.Stream, lake.AccountId);
        }

        if (arn is not null && new StreamRef(null, arn).Resolve(lake) != token.Stream)
        {
            throw KinesisErrors.InvalidArgument("StreamARN names another stream than the ShardIterator.");
        }

        var bounds = new ReadBounds(limit ?? RecordsMax, BytesMax);
        var batch = await streams.ReadAsync(token.Stream, token.ShardId, token.Next, bounds, cancellation);
        Write(call.Answer, batch, token with { Next = batch.Next, IssuedAt = time.GetUtcNow() }, stream);
    }

    private KinesisToken Parse(string iterator)
    {
        var token = KinesisToken.TryParse(iterator) ?? throw KinesisErrors.InvalidArgument("Invalid ShardIterator.");
        var age = time.GetUtcNow() - token.IssuedAt;
        return age <= KinesisToken.ValidFor
            ? token
            : throw new AwsException(
                "ExpiredIteratorException",
                400,
                $"Iterator expired. The iterator was created at time {token.IssuedAt:u} while right now it is "
                + $"{time.GetUtcNow():u} which is further in the future than the tolerated delay of 300000 "
                + "milliseconds.");
    }

    private static void Write(PooledBuffer answer, ReadBatch batch, KinesisToken next, StreamDescription stream)
    {
        answer.Append("{\"MillisBehindLatest\":"u8);
        RecordAnswer.WriteNumber(answer, batch.MillisBehindLatest);
        if (!batch.ShardEnded)
        {
            answer.Append(",\"NextShardIterator\":\""u8);
            answer.Append(System.Text.Encoding.ASCII.GetBytes(next.ToString()));
            answer.Append("\""u8);
        }
        else
        {
            WriteChildren(answer, next.ShardId, stream);
        }

        answer.Append(",\"Records\":["u8);
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (i > 0)
            {
                answer.Append(","u8);
            }

            RecordAnswer.Write(answer, batch.Records[i]);
        }

        answer.Append("]}"u8);
    }

    private static void WriteChildren(PooledBuffer answer, string parent, StreamDescription stream)
    {
        answer.Append(",\"ChildShards\":"u8);
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartArray();
        foreach (var shard in stream.Shards)
        {
            if (shard.ParentShardId == parent || shard.AdjacentParentShardId == parent)
            {
                ChildShardAnswer.Write(writer, shard);
            }
        }

        writer.WriteEndArray();
    }
}
