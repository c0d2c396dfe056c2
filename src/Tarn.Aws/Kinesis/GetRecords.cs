using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html: up to 10,000 records and 10 MiB,
/// written by hand. An iterator is good for five minutes.
/// </summary>
internal sealed class GetRecords(IStreams streams, ISharedReads reads, LakeIdentity lake, TimeProvider time)
    : ICborOperation
{
    private const int RecordsMax = 10_000;
    private const int BytesMax = 10 << 20;

    public AwsService Service => AwsService.Kinesis;

    public string Name => "GetRecords";

    public int BodyBytesMax => 64 * 1024;

    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        var (stream, batch, next) = await ReadAsync(call.Body, cancellation);
        WriteJson(call.Answer, batch, next, stream);
        batch.Release();
    }

    public async ValueTask RunCborAsync(JsonCall call, CancellationToken cancellation)
    {
        using var json = CborToJson.Translate(call.Body);
        var (stream, batch, next) = await ReadAsync(json.Written, cancellation);
        WriteCbor(call.Answer, batch, next, stream);
        batch.Release();
    }

    private async ValueTask<(StreamDescription Stream, ReadBatch Batch, KinesisToken Next)> ReadAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (iterator, arn, limit) = JsonInput.Read(body, Service, Name, members =>
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
        try
        {
            var batch = await reads.ReadAsync(token.Stream, token.ShardId, token.Next, bounds, cancellation);
            return (stream, batch, token with { Next = batch.Next, IssuedAt = time.GetUtcNow() });
        }
        catch (TarnException failure) when (failure.Code == RateExceeded.Code)
        {
            throw RateExceeded.Of(failure, lake.AccountId);
        }
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

    private static void WriteJson(PooledBuffer answer, ReadBatch batch, KinesisToken next, StreamDescription stream)
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
            answer.Append(",\"ChildShards\":"u8);
            ChildShardAnswer.WriteAll(answer, next.ShardId, stream);
        }

        answer.Append(","u8);
        RecordAnswer.WriteAll(answer, batch.Records);
        answer.Append("}"u8);
    }

    private static void WriteCbor(PooledBuffer answer, ReadBatch batch, KinesisToken next, StreamDescription stream)
    {
        CborOutput.Map(answer, 3);
        CborOutput.Text(answer, "MillisBehindLatest"u8);
        CborOutput.Number(answer, (ulong)batch.MillisBehindLatest);
        if (!batch.ShardEnded)
        {
            CborOutput.Text(answer, "NextShardIterator"u8);
            CborOutput.Text(answer, next.ToString());
        }
        else
        {
            CborOutput.Text(answer, "ChildShards"u8);
            ChildShardAnswer.WriteAllCbor(answer, next.ShardId, stream);
        }

        RecordsCbor.Write(answer, batch.Records);
    }
}
