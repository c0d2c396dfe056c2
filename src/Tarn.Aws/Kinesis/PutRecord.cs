using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html. SequenceNumberForOrdering needs no
/// work here: a shard's numbers grow in the order in which puts are acknowledged, which is what it asks for; it must
/// be a number.
/// </summary>
internal sealed class PutRecord(IStreams streams, LakeIdentity lake) : ICborOperation
{
    public AwsService Service => AwsService.Kinesis;

    public string Name => "PutRecord";

    /// <summary>A record of 10 MiB in base64, with room for JSON around it.</summary>
    public int BodyBytesMax => 16 << 20;

    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestJson.Read(call.Body, isBatch: false);
        var outcome = await PutAsync(request, cancellation);
        await using var answer = new Utf8JsonWriter(call.Answer);
        answer.WriteStartObject();
        answer.WriteString("ShardId", outcome.ShardId);
        answer.WriteString("SequenceNumber", outcome.SequenceNumber.ToString());
        answer.WriteString("EncryptionType", "NONE");
        answer.WriteEndObject();
    }

    public async ValueTask RunCborAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestCbor.Read(call.Body, isBatch: false);
        PutAnswerCbor.WriteOne(call.Answer, await PutAsync(request, cancellation));
    }

    private async ValueTask<AppendOutcome> PutAsync(PutRequest request, CancellationToken cancellation)
    {
        await streams.AppendAsync(request.Check(streams, lake), request.Entries, request.Outcomes, cancellation);
        RateExceeded.NameAccount(request.Outcomes.Span, lake.AccountId);
        var outcome = request.Outcomes.Span[0];
        return outcome.Error is { } error
            ? throw ErrorTable.Of(
                AwsService.Kinesis, new TarnException(error.Kind, error.Message) { Code = error.Code })
            : outcome;
    }
}
