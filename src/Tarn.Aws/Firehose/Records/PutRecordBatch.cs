using System.Runtime.CompilerServices;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Protocol.Records;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Records;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html. The hot path: one pass over the
/// body, base64 decoded by the engine straight into the log's buffer, the answer written by hand. Not atomic: each
/// record has its own result.
/// </summary>
internal sealed class PutRecordBatch(IDeliveryStreams deliveries, LakeIdentity lake) : IJsonOperation
{
    public AwsService Service => AwsService.Firehose;

    public string Name => "PutRecordBatch";

    /// <summary>4 MiB of data in base64, with room for JSON around it.</summary>
    public int BodyBytesMax => 8 << 20;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        using var put = DeliveryPutJson.Read(call.Body, isBatch: true);
        await put.AppendAsync(deliveries, lake, cancellation);
        PutAnswer.Write<PutRecordBatchAnswer>(call.Answer, put.Outcomes.Span);
    }
}
