using System.Runtime.CompilerServices;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Protocol.Records;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html. The hot path: one pass over the body,
/// base64 decoded by the engine straight into the log's buffer, the answer written by hand. Not atomic: each record has
/// its own result.
/// </summary>
internal sealed class PutRecords(IStreams streams, LakeIdentity lake) : ICborOperation
{
    public AwsService Service => AwsService.Kinesis;

    public string Name => "PutRecords";

    /// <summary>10 MiB of data and keys in base64, with room for JSON around them.</summary>
    public int BodyBytesMax => 16 << 20;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestJson.Read(call.Body, isBatch: true);
        await PutAsync(request, cancellation);
        RateExceeded.NameAccount(request.Outcomes.Span, lake.AccountId);
        PutAnswer.Write<PutRecordsAnswer>(call.Answer, request.Outcomes.Span);
    }

    public async ValueTask RunCborAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestCbor.Read(call.Body, isBatch: true);
        await PutAsync(request, cancellation);
        RateExceeded.NameAccount(request.Outcomes.Span, lake.AccountId);
        PutAnswerCbor.WriteMany(call.Answer, request.Outcomes.Span);
    }

    private ValueTask PutAsync(PutRequest request, CancellationToken cancellation) =>
        streams.AppendAsync(request.Check(streams, lake), request.Entries, request.Outcomes, cancellation);
}
